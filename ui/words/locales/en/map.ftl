# The process map, of all cases and of one case.

page-mapa = Map
tab-map = Map
map-figure = Figure on the map
map-p50 = Median
map-p85 = p85
map-queue = In the queue
map-n = Ended
map-work = Task
map-times = Times
map-open = Open
map-back = Returns
map-drawn = Map
map-table = The same as a table
map-file = Download BPMN
map-alt = Map of the process: phases from left to right, a lane for each role.
map-most-queue = Most work waits at { $work } ({ $phase }, { $role }): { $said } in the queue
map-most-p50 = What takes longest: { $work } ({ $phase }, { $role }); half of the times { $said } or more (n = { $n })
map-most-p85 = What takes longest: { $work } ({ $phase }, { $role }); 85 of 100 times { $said } or less (n = { $n })
map-few-ended = No task has ended often enough to tell which takes longest
map-nothing-waits = No task is in a queue
map-legend-p50 = Calendar days from the opening of a task to its end, without the wait for the client’s environment: half take this or less; n are the ended ones. From light blue to orange, in quarters of the greatest figure. Choose a task to see its cases.
map-legend-p85 = Calendar days from the opening of a task to its end, without the wait for the client’s environment: 85 of 100 take this or less; n are the ended ones. From light blue to orange, in quarters of the greatest figure. Choose a task to see its cases.
map-legend-queue = Open tasks, waiting or held; not those that wait for the client’s environment. From light blue to orange, in quarters of the longest queue. Choose a task to see its cases.
map-case-now = It is at: { $where }.
map-case-ended = The case has ended.
map-case-legend = ▶ where it is, ✓ where it went, × how often, ↩ how many returns.
map-now = it is here
map-done = { $n ->
    [one] passed once
   *[other] passed { $n } times
 }
map-returns = { $n ->
    [one] one return
   *[other] { $n } returns
 }
map-nearer = Zoom in
map-farther = Zoom out
map-fit = See the whole process
map-whole = Read from the start
map-left = Move left
map-right = Move right
map-up = Move up
map-down = Move down
map-lost = The map could not be loaded because the connection was lost. Load the page again; the figures are in the table too.

# --- how each figure is computed
how-element-times = Time of the task
how-element-times-formula = End − opening of the finished tasks; p50 and p85 by linear interpolation
how-element-times-excluded = Open and withdrawn tasks, and the wait for the client’s environment
how-element-queue = In the queue
how-element-queue-formula = Open tasks = waiting + held
how-element-queue-excluded = Those that wait for the client’s environment
