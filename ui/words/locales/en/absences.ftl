# Absences, substitutions, and the coverage calendar.

page-cobertura = Coverage

standing-for = For { $person }, until { $last_day }
for-short = for { $person }

absence-title = Absences
absence-intro = Enter the days you are away and who decides for you in each role. What that person decides is on the record as theirs “for” you.
absence-new = Set an absence
absence-first = First day
absence-last = Last day
absence-substitute = Decides as { $role }
absence-nobody = Nobody: the others with the role remain
absence-preview = Your roles on these working days would be as follows; on saving, each open case is checked too for somebody who can decide it:
absence-days = from { $first } to { $last }
absence-now = away
absence-planned = planned
absence-no-substitute = no substitute
do-absence = Save the absence
do-absence-end = End the absence today
do-absence-withdraw = Withdraw
done-absence = The absence from { $first } to { $last } was saved.
done-absence-end = The absence has ended; nobody stands in any more.

coverage-intro = People who may decide in each role. ⇄: one of them stands in for somebody who is away. With 1, one more absence leaves the role with nobody.
coverage-role = Role
coverage-week = Week of { $day }
coverage-nobody = nobody
coverage-who = Who is there
coverage-day = Names on the day
coverage-away = Absences
coverage-person = Set or withdraw the absence of
coverage-person-hint = choose a person
coverage-complete = Every role has somebody on each working day.
coverage-gap = { $role }: { $count ->
    [one] one working day with nobody, { $first }.
   *[other] { $count } working days with nobody, from { $first }.
 } Name a substitute or give the role to somebody else.

returned-title = { $count ->
    [0] While you were away nobody decided in your name.
    [one] While you were away one decision was made in your name.
   *[other] While you were away { $count } decisions were made in your name.
 }
returned-days = From { $first } to { $last }.
returned-case = Case
returned-client = Client
returned-work = Task
returned-how = Decision
returned-by = Who
returned-at = When
do-returned = I have read it
done-returned = Marked as read. Each decision stays in the history of its case.

notice-substitution-began = You decide for { $person } as { $roles } until { $last }
notice-substitution-ended = Your substitution that began on { $first } has ended: { $count ->
    [0] nobody decided in your name
    [one] one decision in your name
   *[other] { $count } decisions in your name
 }
choices-substitution-began = I begin to stand in for somebody
choices-substitution-ended = My absence ends

person-did-absence-set = Absence set: { $first } to { $last }.
person-did-absence-ended = Absence ended or withdrawn.
person-did-substitution-ended = The substitution as { $role } ended.

error-not-substituting = Not saved: you do not stand in for { $person } today. Reload the page and decide in your own role, or ask that person to set the absence.
error-substitution-role-needed = Not saved: the person you stand in for did not leave you the role { $role }. Somebody else with that role must decide.
error-leaves-undecided-later = Not saved: from { $from_day } on it would leave { $count ->
    [one] one running case
   *[other] { $count } running cases
 } that nobody may decide: { $cases }. Name another substitute, choose other days, or give the role to somebody else first.
error-absence-of-another = Not saved: it is the absence of another person. They set it themselves, or Proceso or an administrator does.
error-absence-unknown = There is no such absence. Reload the page.
error-absence-over = Nothing was done: that absence has ended or was withdrawn. Reload the page.
error-absence-in-the-past = The first day has passed. Choose today or a later day.
error-absence-ends-before = The last day is before the first. Correct one of them.
error-absence-too-long = Too many days: { $limit } at most.
error-absence-overlaps = There is an absence from { $from_day } to { $last_day } already. Withdraw it or choose other days.
error-substitute-role-not-held = Whoever is away does not hold the role { $role }. Reload the page.
error-substitute-is-oneself = People cannot stand in for themselves. Choose somebody else.
error-substitute-takes-no-part = That person is not active or has no role in the process. Choose somebody else.
error-substitute-away = { $person } is away from { $from_day } to { $last_day }. Choose somebody else.
