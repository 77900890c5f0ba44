# Calidad: findings, charts, figures, and how each figure is computed.

page-calidad = Quality
quality-told = { $cases ->
    [one] { $cases } case has
   *[other] { $cases } cases have
 } reviewed documents; in { $reworked } of them something was returned. Corrections: { $repeat } by the person who had sent the document and { $redo } by somebody else.

# --- findings
finding-nothing-reviewed = No document has finished its first review yet.
finding-all-first-pass = No document was returned: all were approved in their first review ({ $n ->
    [one] { $n } case
   *[other] { $n } cases
 }).
finding-quality = A case passes every review without a return with a probability of { $product }; the document returned most often is { $document }: { $share } in its first review.
finding-first-pass = { $share } of { $n ->
    [one] { $n } document was approved
   *[other] { $n } documents were approved
 } in the first review; the lowest is { $document }, with { $worst }.
finding-first-pass-one = { $document }: { $share } of { $n ->
    [one] { $n } document was
   *[other] { $n } documents were
 } approved in the first review.
finding-no-criteria = No criterion has been answered in a first review yet.
finding-criteria-met = Every criterion was met in the first review.
finding-criteria = The criterion met least often at first is “{ $criterion }”: it fails on { $share } of { $n ->
    [one] { $n } document
   *[other] { $n } documents
 }.
finding-no-failures = No return names a failed criterion.
finding-failures = “{ $cause }” is the criterion that causes most returns: { $share } of { $n ->
    [one] { $n } failure
   *[other] { $n } failures
 }; { $few ->
    [one] a single criterion explains
   *[other] { $few } criteria explain
 } 80%.
finding-no-reasons = No return has a written reason.
finding-reasons = The most frequent reason is “{ $cause }”: { $share } of { $n ->
    [one] { $n } return with a written reason
   *[other] { $n } returns with a written reason
 }; { $few ->
    [one] a single reason explains
   *[other] { $few } reasons explain
 } 80%.
finding-no-rework = No returned document has been approved yet.
finding-rework = Correcting { $n ->
    [one] { $n } returned document
   *[other] { $n } returned documents
 } has cost { $days } days in all; { $share } of them for { $document }.
finding-no-refusals = None of the { $n } validations rejected the request.
finding-refusals = { $n ->
    [one] { $n } of { $of } validations rejected the request
   *[other] { $n } of { $of } validations rejected the request
 }; most in phase { $phase } ({ $most }).
finding-no-silent = Every gate that decided at least { $n } cases has said no at some time.
finding-silent = { $many ->
    [yes] Never said no in at least { $n } cases: { $gates }. Are they needed?
   *[no] Never said no in at least { $n } cases: { $gates }. Is it needed?
 }
gate-validation = the validation of phase { $phase }
gate-review = the review of phase { $phase }
gates-many = { $n } gates

# --- charts
yield-said = { $share } · { $n } of { $of }
yield-nobody = no reviews
yield-passed = Approved at first
yield-back = Returned
criteria-passed = Met
criteria-back = Not met
criteria-axis = Documents in which it was answered (%)
yield-axis = Documents whose first review is over (%)
yield-note = The document of each phase. Those still in their first review do not count.
criteria-note = Documents on which the criterion was answered in the first review; “not applicable” does not count. The ten with most failures.
pareto-said = { $times } · { $share } · up to here { $all }
pareto-times = Times
pareto-axis = Times that it caused a return
pareto-others = Others ({ $n })
failures-note = Criteria that were not met in the returns of all cycles.
reasons-note = Reasons written with a return, just as they were written.
rework-axis = Calendar days until the approval (of 24 hours)
rework-note = From the first return of a document to its approval, with all its cycles. Those still being corrected do not count.
refusals-said = { $n } of { $of } · { $share }
refusals-name = Rejected
refusals-axis = Requests rejected
refusals-note = Decisions of each phase's validation; a No ends the case.
gates-nobody = no decisions
gates-refused = Validation: No
gates-returned = Review: returned
gates-no = No { $share }
gates-back = returned { $share }
gates-silent = validation: never No ({ $n } cases)
gates-silent-review = review: never returned ({ $n } cases)
gates-axis = Decisions that said no (%)
gates-note = By phase and kind of decision, never by person. A gate is named from 20 cases without a no.

# --- exact numbers
table-criterion = Criterion
table-cause = Cause
table-part = Share
table-cumulative = Cumulative
table-times = Times
table-first-pass = At first
table-sent-back = Returned
table-in-review = In first review
table-reviewed = Reviewed
table-failed = Failed
table-reworked = Corrected
table-total = Total
table-refused = Said No
table-validated = Validations
table-returned = Said return
table-cases = Cases reviewed

# --- how each figure is computed
how-first-pass = Approved at first
how-first-pass-formula = Documents approved in cycle 1 ÷ documents reviewed (approved in cycle 1 + returned). Over phases: the product
how-first-pass-excluded = Those still in their first review, and decisions that were taken back
how-sent-back = Returned
how-sent-back-formula = Documents with at least one return ÷ documents reviewed
how-sent-back-excluded = Those still in their first review, and returns that were taken back
how-first-review = In first review
how-first-review-formula = Documents of cases in the phase whose first review is not over
how-first-review-excluded = Those approved and those returned
how-rework = Cost of corrections
how-rework-formula = Approval of the document − its first return; p50, p85 and p95 by linear interpolation
how-rework-excluded = Those still being corrected, and returns that were taken back
how-criterion = Criterion in the first review
how-criterion-formula = Documents on which the criterion was not met in cycle 1 ÷ documents on which it was answered “meets” or “fails”
how-criterion-excluded = “Not applicable”, and documents still in their first review
how-failure = Returns by criterion
how-failure-formula = Returns in which the criterion was not met, of all cycles
how-failure-excluded = Returns that were taken back
how-reason = Returns by reason
how-reason-formula = Returns with that written reason, word for word
how-reason-excluded = Returns without a written reason, and those that were taken back
how-refusals = Rejections at the validation
how-refusals-formula = Validations that said No ÷ validations decided
how-refusals-excluded = Those still open, and those that were taken back
how-sent-back-verdicts = Returns at the review
how-sent-back-verdicts-formula = Verdicts that returned ÷ verdicts given; in the Estándar flow each role gives one
how-sent-back-verdicts-excluded = Open reviews, those no longer needed, and those that were taken back
count-first-pass = At first
count-sent-back = Returned
count-in-review = In first review
count-reworked = Corrected and approved
count-in-correction = Being corrected
count-criterion-failed = Not met
count-criterion-met = Met
count-failure = Returns
count-reason = Returns
count-refused = Said No
count-validated = Said Sí
count-sent-back-verdicts = Returned
count-approvals = Approved
cycle-p50 = half (p50)
cycle-p85 = 85 of 100 (p85)
cycle-p95 = 95 of 100 (p95)
cycle-n = { $n ->
    [one] · { $n } case
   *[other] · { $n } cases
 }
cycle-days = { $values } days
cycle-nobody = no finished cases
cycle-axis = Calendar days in the phase (of 24 hours)
