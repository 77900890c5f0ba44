# Cumplimiento: findings, charts, figures, and how each figure is computed.

page-cumplimiento = Compliance

# --- findings
finding-compliance = { $share } of { $n } tasks were done within their deadline; { $follow } of { $checked } checked histories follow the process.
finding-compliance-unchecked = { $share } of { $n } tasks were done within their deadline; whether the histories follow the process has not been checked yet.
finding-no-deadlines = No task has been done or is overdue yet.
finding-deadlines-all = { $share } of { $n } tasks were done within their deadline.
finding-deadlines = The lowest share within deadline is that of { $role } in Phase { $phase }: { $worst }; overall { $share } of { $n } tasks.
finding-no-variants = No case has finished.
finding-variants = { $n ->
    [one] { $n } finished case took
   *[other] { $n } finished cases took
 } { $paths ->
    [one] a single path
   *[other] { $paths } different paths
 }; the most frequent, { $path }: { $share } of the cases, half of them in { $days } days or less.
finding-unchecked = Whether the history of the { $cases } cases follows the process has not been checked yet.
finding-conforming = { $checked ->
    [one] The history of { $checked } checked case follows
   *[other] The histories of the { $checked } checked cases follow
 } the process: { $share }.
finding-deviating = { $deviating ->
    [one] { $deviating } case departs
   *[other] { $deviating } cases depart
 } from the process: the history of { $share } of the { $checked } checked ones follows it.

# --- charts
sla-note = Share of the tasks within their deadline and, beneath, how many count: done, and open ones already overdue, since the first case and not only those of the quarter, as in Bottlenecks. The stronger the colour, the more is late.
variants-said = { $n } · { $share } · p50 { $days } d
variants-name = Cases
variants-axis = Finished cases
variants-note = The path of finished cases: their end, and the phases with returns (↺). The ten most frequent. p50: calendar days from opening to end.
path-closed = Closed
path-rejected = Rejected in P{ $phase }

# --- conformance
conformance-note = Each history is read entry by entry and compared with the definition of the process: each decision with all that follows from it, the order of phases and tasks, versions, approvals, four eyes, environments, and who holds each task.
conformance-at = The oldest check that counts: { $moment }
conformance-check = { $n ->
    [one] Check { $n } case
   *[other] Check { $n } cases
 }
conformance-checking = Checking…
conformance-so-far = { $n } cases checked
conformance-clock = A remark, not a deviation: in { $n } { $n ->
    [one] case
   *[other] cases
} the time of an entry lies more than a minute before that of the one before it ({ $cases }). A clock was set back; the order of the entries counts.
conformance-how-far = For each case, deviations are shown up to the first entry after which it is no longer where the process would have it: later entries follow from that and cannot be judged on their own.
conformance-event = Entry that departs
conformance-rule = Rule that is broken
rule-four-eyes = Whoever sent the document reviewed it
rule-held = Somebody decided a task that another person held
rule-prerequisite = Sí was answered without the client's environment
rule-criteria = The criteria that were answered are not the client's
rule-failed-approved = It was approved with a failed criterion
rule-return-without-finding = It was returned without a criterion or reason
rule-findings = The findings are not those of the review
rule-answers = It was sent again without an answer to each finding
rule-reason = A reason, text or evidence is missing
rule-comment = A comment was edited by another person or too late
rule-beginning = The history does not begin, once, with the opening of the case
rule-numbers = Entry numbers are not consecutive
rule-unfinished = The history breaks off in the middle of a decision
rule-one-decision = The consequences of a decision are recorded at another time or by another person
rule-after-end = There was work after the end of the case
rule-wrong-phase = The entry is on record in a phase in which the case was not
rule-person = A person's action is recorded without a person, or the other way round
rule-not-open = There was work on a task that was not open
rule-verdict = The answer is not one of those possible
rule-wrong-document = The document or version is not the right one
rule-not-attached = A document was sent without a new version attached
rule-panel = The review was asked for by a rule that is not that of its flow
rule-approval = The document was marked as approved without the approvals that the rule requires, or was not despite them
rule-draft = The draft of the next document is missing, or is not the right one
rule-phase-order = A phase was entered out of order, or the next one was not
rule-work-out-of-turn = A task was opened out of turn, or the one that followed was not
rule-work-withdrawn = A task was withdrawn that was needed, or one was left that was not
rule-due-moved = The deadline of a task was restarted without cause, or was not when it should have been
rule-activity = An activity is on record out of its place, or is missing
rule-holding = A task was taken that somebody held, or given back that nobody held
rule-taken-back = A decision was taken back by another person, or too late
rule-channel = The case was handed over to the same channel
rule-link = A link was made or withdrawn out of turn
rule-call = Another system was asked out of turn, or its answer was not waited for
rule-end = The case ended in a way that the process does not allow, or did not end when it had to
rule-clock = The time of an entry lies before that of the one before it

# --- exact numbers
table-late = Late
table-variant = Path
table-of-variant = Cases

# --- how each figure is computed
how-sla = Deadline compliance
how-sla-formula = Tasks done within their deadline ÷ (tasks done + open ones already overdue)
how-sla-excluded = Open ones in time, those that wait for the client's environment, those no longer needed, and decisions that were taken back
how-sla-late = Done late
how-sla-late-formula = Tasks done after their deadline
how-sla-late-excluded = Open ones, and decisions that were taken back
how-sla-overdue = Open and overdue
how-sla-overdue-formula = Open tasks whose deadline has passed
how-sla-overdue-excluded = Those that wait for the client's environment
how-variant = Path
how-variant-formula = Finished cases with the same end, in the same phase and with the same returns per phase; p50, p85 and p95 of their cycle time by linear interpolation
how-variant-excluded = Cases in progress
how-deviating = Cases that depart from the process
how-deviating-formula = Cases whose history does not follow the process ÷ cases checked
how-deviating-excluded = Cases that changed after their last check
count-within = Within
count-late = Late
count-in-time = Open in time or waiting
count-of-variant = Cases of this path
count-deviating = Depart
count-conforming = Follow the process
count-unchecked = Not checked
table-within = Within
table-overdue = Open overdue
count-overdue = Open overdue
