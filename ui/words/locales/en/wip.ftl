# Trabajo en curso: findings, charts, and how each figure is computed.

# --- findings
wip-nothing = No case is in progress.
wip-beyond = Cases past the p50 of their phase: { $half }; past its p85: { $most }; past its p95: { $slow }.
wip-ages-none = { $running ->
    [one] The only case in progress has not
   *[other] None of the { $running } cases in progress has
 } been in its phase for longer than 85 of every 100 before it.
wip-ages = { $running ->
    [one] The only case in progress has been in its phase for longer than 85 of every 100 before it: { $phases }.
   *[other] { $over ->
        [one] { $over } of { $running } cases in progress has been in its phase for longer than 85 of every 100 before it
       *[other] { $over } of { $running } cases in progress have been in their phase for longer than 85 of every 100 before them
     }; most of them in { $phases } ({ $many ->
        [yes] { $most } each
       *[no] { $most }
     }).
 }
wip-ages-phase = { $running ->
    [0] No case is in Phase { $phase }.
    [one] The only case in Phase { $phase } { $over ->
        [0] has not
       *[other] has
     } been in it for longer than 85 of every 100 before it.
   *[other] { $over ->
        [0] None of the { $running } cases in Phase { $phase } has
        [one] { $over } of { $running } cases in Phase { $phase } has
       *[other] { $over } of { $running } cases in Phase { $phase } have
     } been in it for longer than 85 of every 100 of those before.
 }
wip-flow-phase = { $now ->
    [one] { $now } case in Phase { $phase }
   *[other] { $now } cases in Phase { $phase }
 }; { $weeks } weeks ago { $before }.
wip-flow-new = { $now ->
    [one] { $now } case in progress.
   *[other] { $now } cases in progress.
 }
wip-flow = { $now ->
    [one] { $now } case in progress
   *[other] { $now } cases in progress
 }; { $weeks } weeks ago { $before }.
wip-weeks-none = No week has ended yet.
wip-weeks = In the last { $n ->
    [one] whole week
   *[other] { $n } whole weeks
 } { $arrived ->
    [one] { $arrived } case
   *[other] { $arrived } cases
 } came in and { $finished ->
    [one] { $finished } was finished
   *[other] { $finished } were finished
 }.
wip-behaviour-few = There are too few weeks to say what is usual.
wip-behaviour-noise = The last whole week ({ $n } finished) is within the usual range: from { $low } to { $high }. Weeks with a signal: { $signals }.
wip-behaviour-signal = The last whole week ({ $n } finished) is a signal: { $rule }; the usual is from { $low } to { $high }. Weeks with a signal: { $signals }.

# --- charts
wip-case = Case in progress
wip-band-p50 = up to p50 of past cases
wip-band-p85 = up to p85
wip-band-p95 = up to p95
wip-phase = { $running } in progress · { $over } over p85
wip-age-axis = Calendar days in the phase (of 24 hours)
wip-cases-axis = Cases
wip-weeks-axis = Cases a week
wip-arrived = Came in
wip-finished = Finished
wip-signal = Signal
wip-signal-beyond = beyond the limits
wip-signal-run = eight weeks in a row on one side of the mean
wip-signal-near = three of four weeks near a limit
wip-mean = mean { $value }
wip-low = lower { $value }
wip-high = upper { $value }
wip-change-rules = rule
wip-change-deadlines = deadlines
wip-change-calendar = calendar
wip-ages-chart-note = Bars: how long past cases took in the phase. Points: the cases in progress, the { $n } oldest of each phase.
wip-flow-chart-note = Cases in each phase at the end of each day or week; at the bottom, the finished ones. The height of a band is the cases that are in it.
wip-weeks-chart-note = Whole weeks, from Monday to Sunday.
wip-behaviour-chart-note = Mean and natural limits, lower and upper (mean ± 2.66 times the mean change from week to week). A dotted vertical line marks a change of rules, deadlines or the calendar in those weeks.

# --- the exact numbers
table-week = Week of
table-at = Up to
table-over-50 = Over p50
table-over-85 = Over p85
table-over-95 = Over p95
table-arrived = Came in
table-finished = Finished

# --- how each figure is computed
count-arrived = Came in
how-age = Age in the phase
how-age-formula = Date of the data − entering the phase, of the cases that are still in it
how-age-excluded = The cases that have left the phase
how-arrived = Came in
how-arrived-formula = Cases opened in the week
how-arrived-excluded = The week that has not ended
how-week-finished = Finished
how-week-finished-formula = Cases closed or rejected in the week
how-week-finished-excluded = The week that has not ended
