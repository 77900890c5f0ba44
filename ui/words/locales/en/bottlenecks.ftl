# Cuellos de botella: findings, charts, and how each figure is computed.

# --- findings
bottleneck-lane = { $work ->
    [review] Review by { $role }
    [close] Close by { $role }
   *[produce] Work of { $role }
 } in Phase { $phase }
bottleneck-share = { $share } of all time
bottleneck-p85 = p85 { $days } days
bottleneck-few = { $n ->
    [0] no finished task
    [one] only { $n } finished task
   *[other] only { $n } finished tasks
 }
bottleneck-waiting = { $n } waiting
bottleneck-overdue = { $n ->
    [one] { $n } overdue
   *[other] { $n } overdue
 }
bottleneck-within = only { $share } within deadline
bottleneck-trend = { $trend ->
    [worse] worse than the quarter before ({ $days } days)
    [better] better than the quarter before ({ $days } days)
   *[same] the same as the quarter before
 }
bottleneck-is = The bottleneck: { $said }
bottleneck-none-apart = Nothing stands out; first comes { $said }
bottleneck-period = Tasks finished in the last { $days } days, since { $since }, and those open at { $until }. Calendar days of 24 hours, without the wait for the client’s environment; p85: 85 of every 100 finished in that time or less.
bottleneck-evidence = See cases
bottleneck-empty-all = No task is open yet, and none has finished since { $day }.
bottleneck-empty = With this selection no task is open, and none has finished since { $day }. Change the selection or the date.
bottlenecks-link = See the bottlenecks →

# --- the charts
heat-finding = { $n ->
    [one] A single lane takes { $share } of the time.
   *[other] { $n } of { $lanes } lanes take { $share } of the time.
 }
heat-hover = { $n } finished, { $waiting } waiting
heat-note = In each cell: the share of all time, and the p85 in days. The frame marks the first of the list.
ranking-finding = During { $share } of the time nobody held the work.
ranking-axis = Share of all time, in %
ranking-note = Held does not mean worked on: a person has the task.
work-waiting = Waiting: nobody holds it
work-held = Held by a person
load-most = { $role } has the most work per person: { $each } tasks each ({ $queue } open, { $people ->
    [one] { $people } person
   *[other] { $people } people
 }).
load-without-people = { $role } has { $queue ->
    [one] { $queue } open task
   *[other] { $queue } open tasks
 } and no active person.
load-none = No role has open work.
load-each = { $each } per person
load-nobody = no people
load-axis = Open tasks, without those that wait for the client
load-note = Per person: among those who hold the role today and are active.
deadlines-least = { $role } has the lowest share within deadline: { $share } of { $n } tasks.
deadlines-few = It is too early to say who meets deadlines: no role has finished { $n } tasks.
deadlines-axis = Tasks finished in the quarter, and open ones already overdue
punctual-note = Within deadline: finished in time ÷ (finished + open and already overdue). Each task’s deadline is counted in working time.
work-kept = Finished within deadline
work-late = Finished late
work-overdue = Open and overdue

# --- the exact numbers
lanes-n = Finished
lanes-p50 = p50
lanes-p85 = p85
lanes-p95 = p95
lanes-share = Share of time
lanes-before-p85 = p85 before
lanes-waiting = Waiting
lanes-held = Held
lanes-overdue = Overdue
lanes-kept = Finished in time
lanes-within = Within deadline
lanes-queue = Open
lanes-people = People
lanes-per-person = Per person

# --- how each figure is computed
how-share-of-time = Share of time
how-share-of-time-formula = Time of the lane’s tasks ÷ time of all: from opening to end, or until now while they are open
how-share-of-time-excluded = Withdrawn tasks, and the wait for the client’s environment
how-lane-times = Time per task
how-lane-times-formula = End − opening of the tasks finished in the quarter; p50, p85 and p95 by linear interpolation
how-lane-times-excluded = Open and withdrawn tasks, and the wait for the client’s environment
how-lane-before = p85 of the quarter before
how-lane-before-formula = The p85 of the tasks finished in the 91 days before; worse or better from a difference of 10% and 5 tasks on
how-lane-before-excluded = Those finished later, and open ones
how-lane-queue = Open work
how-lane-queue-formula = Open tasks = waiting + held
how-lane-queue-excluded = Those that wait for the client’s environment
how-lane-waiting = Waiting
how-lane-waiting-formula = Open tasks that nobody holds
how-lane-waiting-excluded = Held ones, and those that wait for the client’s environment
how-lane-overdue = Overdue
how-lane-overdue-formula = Open tasks whose deadline has passed
how-lane-overdue-excluded = Those that wait for the client’s environment
how-lane-within = Within deadline
how-lane-within-formula = Finished within the deadline ÷ (finished + open and already overdue)
how-lane-within-excluded = Withdrawn tasks, and those that wait for the client’s environment
count-items = Tasks
count-tasks-done = Finished
count-tasks-open = Open
count-before = Finished in the quarter before
count-tasks-withdrawn = Withdrawn
count-queue = Open work
count-waiting = Waiting
count-tasks-held = Held
count-at-gate = Wait for the client’s environment
count-tasks-overdue = Overdue
count-kept = Within the deadline
