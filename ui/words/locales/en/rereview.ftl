# Re-review: what changed between two versions, earlier findings, the round counter.

rereview-round = cycle { $cycle }
rereview-usual = usual: { $rounds } (median of { $count ->
    [one] one case
   *[other] { $count } cases
 } that passed this review)
rereview-no-usual = there are no cases yet to compare it with
rereview-findings = Earlier findings and their answers ({ $count })
rereview-returned = Cycle { $cycle }, v{ $version }: returned by { $person }
rereview-unanswered = no answer
rereview-changes = What changed in { $document } since it was returned

compare = Compare versions
compare-document = Document
compare-choose = choose a document
compare-from = Earlier version
compare-to = Later version
compare-two = Choose two different versions.
compare-title = From v{ $older } to v{ $newer }
compare-reading = Comparing the two versions…
compare-name = Name
compare-type = Type
compare-size = Size
compare-hash = Fingerprint of the file (SHA-256)
compare-identical = It is the same file: its fingerprint has not changed.
compare-same-text = The text is the same. Something else in the file changed: format, images or signatures. Read both versions.
compare-changed = { $places ->
    [one] One change
   *[other] { $places } changes
 } in the text: **+** { $added ->
    [one] one word added
   *[other] { $added } words added
 }, **−** { $removed ->
    [one] one removed
   *[other] { $removed } removed
 }. Images and format are not compared.
compare-unreadable = The text cannot be compared: { $reasons }. The fingerprint of the file did change; read both versions.
compare-against = v{ $version } { $why ->
    [other_kind] is neither PDF nor DOCX
    [encrypted] is protected by a password
    [broken] is damaged or does not follow its format
    [no_text] holds no text (it may be a scan)
    [too_large] is too long
   *[too_long] would take too much time
 }
compare-more = And { $count ->
    [one] one more change
   *[other] { $count } more changes
 }: see Documents, “Compare versions”, or download both versions.
