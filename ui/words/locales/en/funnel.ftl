# Embudo and Tiempos: findings, charts, figures, and how each figure is computed.


# --- findings
phase-named = Phase { $phase }
phases-many = { $n } phases
finding-held = { $many ->
    [yes] { $phases } hold the most cases: { $most } each, of { $running } in progress
   *[no] { $phases } holds the most cases: { $most } of { $running } in progress
 }
finding-none-running = No case is in progress
finding-main = { $held }; the slowest is { $phase }: 85 of every 100 cases finish it in { $days } days or less.
finding-same = { $held }, and is the slowest: 85 of every 100 cases finish it in { $days } days or less.
finding-one-held = { $running ->
    [0] No case is in Phase { $phase }
    [one] { $running } case is in Phase { $phase }
   *[other] { $running } cases are in Phase { $phase }
 }
finding-one = { $held }; 85 of every 100 finish it in { $days } days or less.
finding-one-few = { $held }; too few have finished it yet to say how long it takes.
finding-passed = { $entered ->
    [0] No case has reached Phase { $phase }.
   *[other] Of { $entered ->
        [one] { $entered } case
       *[other] { $entered } cases
     } that entered Phase { $phase }, { $last ->
        [yes] { $closed ->
            [one] { $closed } was closed
           *[other] { $closed } were closed
         }
       *[no] { $advanced } advanced
     }, { $rejected ->
        [one] { $rejected } was rejected
       *[other] { $rejected } were rejected
     } and { $running ->
        [one] { $running } is still in it
       *[other] { $running } are still in it
     }.
 }
finding-no-times = { $held }; none has finished a phase yet.
finding-few-times = { $held }; too few have finished a phase yet to say which is the slowest.
finding-ended = { $opened ->
    [one] Of { $opened } case
   *[other] Of { $opened } cases
 }, { $closed ->
    [one] { $closed } was closed
   *[other] { $closed } were closed
 }, { $rejected ->
    [one] { $rejected } was rejected
   *[other] { $rejected } were rejected
 } and { $running ->
    [one] { $running } is in progress
   *[other] { $running } are in progress
 }
finding-none-rejected = { $ended }.
finding-rejected = { $ended }; most rejections: { $phases } ({ $many ->
    [yes] { $most } each
   *[no] { $most }
 }).

# --- the funnel
funnel-onward = Advanced (in the last phase: closed)
funnel-running = Still in the phase
funnel-rejected = Rejected
funnel-running-n = { $n } still in it
funnel-rejected-n = { $n } rejected
funnel-nobody = no case has got here
funnel-axis = Cases that entered the phase
funnel-note = ↺ returns for correction: counted separately, because the case does not leave the phase.

# --- the cohorts
cohort-phase = P{ $n }
cohort-closed = Closed
cohort-earlier = before
cohorts-note = By month of opening, with the number of cases: the percentage that reached each phase and that closed. Running cases are not a loss.
table-month = Opened in
table-opened = Opened
finding-cohorts-over = Every case opened up to { $month } has ended: { $share } of { $opened } were closed.
finding-cohorts-running = Cases of every month are still in progress; of the { $opened } opened in { $month }, { $share } are closed.

# --- where cases end
ends-closed = Closed ({ $n })
ends-running = In progress ({ $n })
ends-rejected = Rejected ({ $n })
ends-note = From the phase where the case ended or stands to what became of it.
finding-ends = { $share } of the { $ended ->
    [one] only finished case was closed
   *[other] { $ended } finished cases were closed
 }; { $running ->
    [one] { $running } is in progress
   *[other] { $running } are in progress
 }.
finding-no-ends = No case has ended; { $running ->
    [one] { $running } is in progress
   *[other] { $running } are in progress
 }.

# --- filters
filter-flow = Flow
filter-channel = Channel
filter-from = Opened from
filter-to = Opened to
filter-phase = Phase
filter-state = Status
filter-all = All
filter-all-phases = All
filter-clear = Clear filters

# --- figures
figure-running = In progress (WIP)
figure-closed = Closed
figure-rejected = Rejected
figure-lately = Finished in { $days } days
figure-p50 = Cycle time, p50
figure-p85 = Cycle time, p85
figure-days = { $days } d
figure-none = –
figure-calendar = Cycle time: calendar days of 24 hours, from opening to end, of { $n ->
    [one] { $n } finished case
   *[other] { $n } finished cases
 }, closed or rejected.
figure-reached = Cases that reached Phase { $phase }, wherever they are now.

# --- the exact numbers
tab-chart = Chart
tab-numbers = Exact numbers
table-hint = Click a figure to see how it is computed and the cases behind it.
table-phase = Phase
table-entered = Entered
table-advanced = Advanced
table-closed = Closed
table-rejected = Rejected
table-running = Still in it
table-returns = Returns
table-n = Finished
table-p50 = p50
table-p85 = p85
table-p95 = p95
table-blocked-n = Blocked
table-blocked-p50 = Blocked time, p50

# --- how each figure is computed
how-title = How it is computed
how-formula = Formula
how-excluded = What does not count
how-clock = Clock
how-lately = Finished in { $days } days
how-lately-formula = Cases closed or rejected in the last { $days } days, undivided
how-lately-excluded = Cases in progress and those finished before
how-case = Case cycle time
how-case-formula = End of the case − opening; p50 and p85 by linear interpolation
how-case-excluded = Cases in progress
how-entered = Entered
how-entered-formula = Cases that reached the phase = advanced + closed + rejected + still in it
how-entered-excluded = Nothing: each case enters each phase once
how-advanced = Advanced
how-advanced-formula = Cases that went on to the next phase; in the last phase, those closed
how-advanced-excluded = Those still in the phase: they are not a loss
how-returns = Returns
how-returns-formula = Times that a review returned the document of the phase for correction
how-returns-excluded = Approvals that the return made void
how-phase = Time per phase
how-phase-formula = Leaving the phase − entering it; p50, p85 and p95 by linear interpolation
how-phase-excluded = Cases still in the phase
how-blocked = Blocked time
how-blocked-formula = The wait for the client's environment, of the cases that waited and have left the phase
how-blocked-excluded = Cases that did not wait and those still waiting
how-selection = The selection is the cases that match the filters; the channel is the one that carries them at the date of the data.
how-wip = In progress (WIP)
how-wip-formula = Cases opened and not finished
how-wip-excluded = Closed and rejected cases
how-closed = Closed
how-closed-formula = Cases closed in the phase; only the last phase closes
how-closed-excluded = Those that went on to another phase
how-rejected = Rejected
how-rejected-formula = Cases that the decision of the phase rejected
how-rejected-excluded = Returns for correction
how-running = Still in it
how-running-formula = Cases that entered the phase and have not left it
how-running-excluded = Nothing
how-all-opened = Cases opened
how-all-opened-formula = Closed + rejected + in progress
how-all-opened-excluded = Nothing
how-all-closed = Cases closed
how-all-closed-formula = Cases with Cierre Comercial
how-all-closed-excluded = Rejected and in progress
how-all-rejected = Cases rejected
how-all-rejected-formula = Cases that ended with the request rejected
how-all-rejected-excluded = Closed and in progress
how-all-running = Cases in progress
how-all-running-formula = Cases opened and not finished
how-all-running-excluded = Closed and rejected
