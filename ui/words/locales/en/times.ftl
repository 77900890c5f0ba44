# Tiempos: findings, charts, and how each figure is computed.

clock-label = Clock
clock-chosen = The one chosen on the page: calendar or working time
clock-told-calendar = Calendar days of 24 hours, with nights, weekends and holidays.
clock-told-working = Working days of 8 hours: only the hours of the working calendar in force count.
days-calendar = { $days } days
days-working = { $days } working days

# --- findings
expectation = 85 of every 100 cases finish in { $days } or less ({ $n } finished cases).
expectation-few = It is too early to say how long a case takes: fewer than { $n } have finished.
scatter-few = Each point is a finished case: when it finished and how long it took.
scatter-finding = Half of the cases take { $half } or less; 5 of every 100 take more than { $slow }: { $ratio } times the usual.
stays-few-most = It is too early to say which phase is the slowest: fewer than { $n } cases have finished each of them.
stays-finding-most = Phase { $phase } is the slowest: half of the cases finish it in { $half } or less, and 85 of every 100 in { $most } or less ({ $n } cases).
stays-finding-one = Half of the cases finish Phase { $phase } in { $half } or less, and 85 of every 100 in { $most } or less ({ $n } cases).
stays-few-one = It is too early to say how long Phase { $phase } takes: fewer than { $n } cases have finished it.
lanes-few = It is too early to say which role is the slowest: each has finished fewer than { $n } tasks.
lanes-finding = { $role } is the slowest role: half of its tasks take { $half } or less, and 85 of every 100 { $most } or less ({ $n } tasks).
waits-none = There are no tasks yet.
waits-finding-calendar = { $share } of the time of all tasks is waiting: nobody has them.
waits-finding-working = { $share } of the working time of all tasks is waiting: nobody has them.
causes-none = No task has waited.
causes-finding = The main cause of waiting within working hours: { $cause } ({ $share }).
causes-finding-outside = { $outside } of the waiting lies outside working hours; the main cause of the rest: { $cause } ({ $share } of the rest).

# --- charts
times-closed = Closed
times-rejected = Rejected
times-axis-calendar = Calendar days (of 24 hours)
times-axis-working = Working days (of 8 hours)
times-box = the middle half, with the median (p50)
times-p85 = 85 of 100 (p85)
times-n = · { $n }
times-nobody = nothing finished
waits-waiting = Waiting
waits-held = Somebody has it
waits-share = { $share } waiting
waits-nothing = no tasks
waits-axis-calendar = Calendar days of all tasks, added up
waits-axis-working = Working days of all tasks, added up
cause-said = { $share } · { $n ->
    [one] { $n } task
   *[other] { $n } tasks
 }
cause-prerequisite = The client's environment
cause-outside-hours = Outside working hours
cause-correction = Back for correction
cause-document = Document missing
cause-away = People away
cause-overloaded = Role overloaded
cause-nobody = Nobody assigned
scatter-note = A point for each finished case; if there are more than { $n }, a point for each group, the larger the more cases it has.
stays-note = From entering the phase to leaving it, with the wait for the client's environment; beside the name, how many finished it. Box: from p25 to p75; lines: to p5 and p95. │ p50, ◆ p85.
lanes-note = From when a task comes to the role until it is finished, withdrawn tasks excluded; beside the name, how many it finished. Box: from p25 to p75; lines: to p5 and p95. │ p50, ◆ p85.
waits-note = A task waits while nobody has it. That somebody has it does not mean that they work on it.
causes-note = Each moment of waiting has one cause, the first that is true: the client's environment, outside hours, correction, document, absence, overload ({ $load } or more open tasks for each person when it came in), nobody assigned.

# --- the exact numbers
table-clock = Clock
table-wait = Cause
table-p25 = p25
table-p75 = p75
table-items = Tasks
table-waited = Waited

# --- how each figure is computed
count-waited = Tasks that waited
count-never-waited = Never waited
count-never-held = Nobody had them
count-waited-for = Tasks that waited for this cause
how-cycle = Cycle time of the case
how-cycle-formula = End of the case − opening; percentiles by linear interpolation
how-cycle-excluded = Running cases
how-by-role = Time by role
how-by-role-formula = End of the task − its coming to the role; percentiles by linear interpolation
how-by-role-excluded = Withdrawn and open tasks
how-waiting = Waiting
how-waiting-formula = Time in which nobody has the task, until it ends or until the date of the data
how-waiting-excluded = Tasks that somebody had all the time
how-held = Somebody has it
how-held-formula = Time from when somebody takes the task until they finish it or give it back
how-held-excluded = Tasks that nobody took: a task can be decided without being taken
how-cause-prerequisite = Waiting: the client's environment
how-cause-prerequisite-formula = Waiting while the phase lacked the client's environment
how-cause-prerequisite-excluded = Other causes
how-cause-correction = Waiting: back for correction
how-cause-correction-formula = Waiting, within hours, of tasks to correct a returned document
how-cause-correction-excluded = The client's environment and what lies outside hours
how-cause-document = Waiting: document missing
how-cause-document-formula = Waiting, within hours, of tasks to produce a document
how-cause-document-excluded = The client's environment and what lies outside hours
how-cause-away = Waiting: people away
how-cause-away-formula = Waiting, within hours, of the other tasks, while every active person of the role was away and nobody stood in, as recorded at each moment
how-cause-away-excluded = The client's environment and what lies outside hours
how-cause-overloaded = Waiting: role overloaded
how-cause-overloaded-formula = Waiting, within hours, of the other tasks that came to a role with too many open for each person
how-cause-overloaded-excluded = The client's environment and what lies outside hours
how-cause-nobody = Waiting: nobody assigned
how-cause-nobody-formula = Waiting, within hours, of the other tasks
how-cause-nobody-excluded = The other causes
table-role = Role
table-waiting = Waiting
table-held = Somebody has it
count-done = Finished tasks
count-open = Open
count-withdrawn = Withdrawn
count-held = Tasks that somebody had
