# The case page: head, work, consequences, tabs.

opened-by = opened by { $person } on { $at }
ended = The case ended on { $at }: { $outcome }.
returns-so-far = { $count ->
    [one] One return
   *[other] { $count } returns
 } in { $phase }.
nothing-for-you = There is nothing for you to do in this case now. The case reached this phase { $when }.
can-decide = Who can: { $people }.
nobody-can = Nobody can do it today: another person with the role { $role } is needed. Ask your administrator to assign one.
blocked-until = The client’s { $environment } is missing. Sí is not possible until Proceso or Responsable Implementación B2B registers it; No still is.
review-version = Under review: { $document } v{ $version }.
rule-all = All reviewing roles must approve.
rule-any = One role’s approval is enough.
rule-quorum = { $needed } of the reviewing roles must approve.
rule-b2b = Gerente Comercial decides alone.
approved-by = Approved so far: { $roles }.
approved-by-nobody = Nobody has approved yet.

if-yes = If you answer Sí
if-no = If you answer No
if-approve = If you approve
if-return = If you return it
if-send = When you send it
if-close = When you close it
then-rejected = The process ends here and cannot go on: { $outcome }.
then-closed = The case is closed: { $outcome }.
then-approvals = { $count ->
    [one] One approval will be missing
   *[other] { $count } approvals will be missing
 }: { $roles }.
then-opens = { $phase }: { $work } ({ $roles }), due { $due }.
then-blocked = Not possible yet: the client’s environment is missing.
now-ended = The case ended: { $outcome }.
now-approvals = Still to decide: { $roles }.

do-yes = Sí, go on
do-no = No, reject the request
do-approve = Approve
do-return = Return
do-send = Send { $document }
do-comment = Comment
do-register = Register environment
do-hand-over = Hand over to { $role }
done-yes = You answered Sí: { $work }.
done-no = You answered No: { $work }.
done-approve = You approved { $document }.
done-return = You returned { $document }.
done-send = You sent { $document }.
done-close = Cerrar Comercial: done.
done-attach = { $name } is attached.
done-comment = Your comment is in the history.
done-register = The { $environment } is registered. { $count ->
    [0] The client has no running case.
    [one] It is on the record of their running case.
   *[other] It is on the record of their { $count } running cases.
 }
done-hand-over = { $role } handles the case from its next task on.

checklist = Activities to confirm
checklist-national = Not applicable (national client): { $activity }
reason = Reason
reason-no = Reason (required if you answer No)
reason-return = Reason (required if you return without marking “Does not meet”)
criteria = The client’s review criteria
criterion = Criterion
expected = Expected value
comment = Comment
answer = Answer to the finding
found-by = { $person }, { $role }
finding-before = Earlier finding { $number }:
close-asks = Closes the lane that carried the case. Any one of the review roles signs off after that.
sign-off-asks = The lane that carried the case has closed. Your sign-off ends the case; one review role is enough.

no-file = { $document }: no file was attached.
attach = Attach { $document }: PDF, DOCX, XLSX, PNG or JPG, up to 20 MB
attach-next = Attach another version of { $document }: PDF, DOCX, XLSX, PNG or JPG, up to 20 MB
attach-help = Every file is kept as a version; none is lost.
draft = ⬇ Draft of { $document } with the case’s data (.docx)
no-documents = There are no documents yet.

case-tabs = Sections of the case
tab-history = History
tab-documents = Documents
tab-client = Client and environments
tab-coordination = Coordination

contact = Contact
environments = The client’s environments
environment = Environment
environment-missing = { $environment } missing
until = until { $at }
no-expiry = no expiry
expired = expired
registered-by = { $person }, { $at }
who-registers = Proceso and Responsable Implementación B2B register them.
register-environment = Register an environment
evidence = Evidence
evidence-hint = where it is documented: address, minutes, e-mail, ticket
expires = Expires (optional)
hand-over = Hand over to the other channel
hand-over-then = Whoever has the open task finishes it. From the next one on { $role } carries the case.
hand-over-ended = The case has ended: there is nothing left to coordinate.
comment-case = Comment for the case’s history

history-whole = Also show messages, opened tasks and what does not apply
history-when = When
history-phase = Phase
history-role = Role
history-what = What
history-result = Result
history-who = Who
history-why = Why
the-system = System
x-for-y = { $person } for { $other }
service-for = Service, for { $person }

told-opened = Case opened
told-phase = Enters { $phase }
told-item = Task opened: { $work }
told-due = due { $at }
told-withdrawn = Task withdrawn
told-due-moved = The deadline restarts: the environment is available
told-verdict = Decision
told-attached = { $document } v{ $version } attached
told-sent = Sent: { $document }
told-reviewed = Verdict on { $document } v{ $version }
told-approved = { $document } v{ $version } approved
told-draft = Draft prepared: { $document }
told-environment = { $environment } registered
told-handed = Handed over to { $role }
told-comment = Comment
told-lane-closed = Lane closed
all-met = All met
next-pending = Next pending: { $code } →
list-position = { $number } of { $count }
list-end = Nothing more is pending after this one in your list.
show-file = Read here
