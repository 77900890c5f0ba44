# The map of the process, on the whole and of one case.

page-mapa = Map
tab-map = Map
map-figure = Figure on the map
map-p50 = Median
map-p85 = p85
map-queue = In the queue
map-ended = Ended (n)
map-lane = Lane
map-work = Work item
map-times = Times
map-open = Open
map-back = Returns
map-drawn = Map
map-table = The same figures as a table
map-file = Download BPMN
map-alt = Map of the process: nine phases from left to right, six lanes.
map-counted = n = { $n }, in the queue { $queue }
map-most-waits = Most work waits in { $phase }, { $role }: { $n } in the queue
map-nothing-waits = No work item is in a queue
map-legend-p50 = Calendar days from the opening of a work item to its end: half take this or less; n are the ended ones. From light blue to orange, in quarters of the greatest figure. Choose a figure or its work item to see the running cases of that phase.
map-legend-p85 = Calendar days from the opening of a work item to its end: 85 of 100 take this or less; n are the ended ones. From light blue to orange, in quarters of the greatest figure. Choose a figure or its work item to see the running cases of that phase.
map-legend-queue = Work items open at this moment. From light blue to orange, in quarters of the longest queue. Choose a figure or its work item to see the running cases of that phase.
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
