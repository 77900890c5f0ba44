# Claims on work items, and recalling a decision.

held-by-you = you
held-since = Held by { $person } since { $at }.
do-take = Take
do-give-back = Give back to the inbox
do-assign = Assign to…
assign-to = Person
assign-now = Assign
done-take = You took the task: { $work }. The others see that you have it.
done-give-back = The task is back in the inbox: { $work }.
done-assign = The task went to { $person }: { $work }.

inbox-held = Who has it
inbox-mine = Mine
inbox-nobody = Nobody’s
coming = Coming up: { $count ->
    [one] 1 case
   *[other] { $count } cases
 }
coming-from = { $count ->
    [one] **1** case is at { $work }
   *[other] **{ $count }** cases are at { $work }
 }: { $roles }
coming-see = See the cases

told-taken = Task taken
told-given-back = Task given back to the inbox
told-assigned = Task assigned to
told-taken-back = Decision taken back: { $work }

take-back-offer = Take your decision back · { $work }: { $choice }
take-back-until = Possible until somebody starts on what follows. Your decision and that you took it back stay in the history.
then-open-again = Opens again in { $phase }: { $work }, due { $due }.
then-withdrawn = Withdrawn: { $work }.
do-take-back = Take the decision back
done-take-back = You took your decision back: { $work }.

error-held-by-other = You cannot decide this task: { $person } has had it since { $at }. Wait until it is given back to the inbox, or ask Proceso to reassign it.
error-held-already = You have this task already. Decide it or give it back to the inbox.
error-held-by-nobody = There is nothing to give back: nobody has this task, it is in the inbox already.
error-held-otherwise = Not saved: the task changed hands after you opened the page. See who has it now and try again.
error-holder-or-proceso-needed = You cannot hand this task on or give it back: only its holder or Proceso can. Ask Proceso.
error-assignee-holds-already = That person has the task already. Choose another.
error-assignee-role-needed = That person does not have the role { $role } today. Choose somebody who has.
error-assignee-sent-it = That person sent { $document } version { $version } and cannot decide on it. Choose another.
error-take-back-too-late = The decision was not taken back: { $own ->
    [true] you have already gone on
   *[other] { $person } has started on what follows
 }, on { $at }. See the history of the case; if need be, ask Proceso to coordinate the correction.
error-decision-of-another = You cannot take that decision back: somebody else made it. Ask whoever decided.
error-decision-was-taken-back = Not saved: { $own ->
    [true] you
   *[other] { $person }
 } took the decision on this task back on { $at } and the task was opened again. Reload the page.
error-item-withdrawn-taken-back = Not saved: the decision before was taken back on { $at } and this task is no longer pending. See the history of the case.
