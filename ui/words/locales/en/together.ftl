# Batch review in an inbox.

together = Several at once
together-help = Choose reviews and approve or return them together. Each one is decided on its own.
together-look = Preview the chosen ones ({ $count })
together-all = Choose all on this page
together-none = Choose none
together-choose = Choose { $code }
together-only-reviews = Only reviews that you may decide can be chosen. Everything else is done in its case.
together-back = Back to choosing
together-title = { $count ->
    [one] One case to decide
   *[other] { $count } cases to decide together
 }
together-criteria = If you approve, you state that every criterion of every client is met. If you return, the criteria are left unjudged (“Not applicable”) and the reason is the finding of each case.
together-reason = Reason (required if you return, the same for all)
together-do-approve = { $count ->
    [one] Approve
   *[other] Approve all { $count }
 }
together-do-return = { $count ->
    [one] Return
   *[other] Return all { $count }
 }
together-done = { $verdict ->
    [approve] You approved
   *[return] You returned
 } { $done } of { $count }.{ $left ->
    [0] {""}
   *[other] {" "}See below why the rest were not decided.
 }
together-ok = done
together-left = not decided
