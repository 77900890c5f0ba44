# The weekly report, a PDF of two pages.

report-title = Report of week { $number } of { $year }
report-days = { $first } to { $last }
report-as-of = data as of { $moment }

# --- the three sentences
report-moved = { $opened ->
    [0] No case was opened
    [one] One case was opened
   *[other] { $opened } cases were opened
 } and { $ended ->
    [0] none ended
    [one] one ended ({ $closed ->
        [one] closed
       *[other] rejected
     })
   *[other] { $ended } ended ({ $closed } closed, { $rejected } rejected)
 }; { $running ->
    [0] none is in progress
    [one] one is in progress
   *[other] { $running } are in progress
 }, { $change ->
    [more] { $by } more than
    [less] { $by } fewer than
   *[same] as many as
 } when the week began.
report-slowest = The slowest phase is { $phase }: half of the cases finish it in { $half } days or less and 85 of every 100 in { $most } or less; { $here ->
    [0] none of those in progress is in it.
    [one] 1 of the { $running } in progress is in it.
   *[other] { $here } of the { $running } in progress are in it.
 }
report-slowest-phase = Half of the cases finish { $phase } in { $half } days or less and 85 of every 100 in { $most } or less; { $here ->
    [0] none of those in progress is in it.
    [one] 1 of the { $running } in progress is in it.
   *[other] { $here } of the { $running } in progress are in it.
 }
report-no-slowest = It is too early to say which phase is the slowest: fewer than { $n } cases have finished each one.
report-no-slowest-phase = It is too early to say how long this phase takes: fewer than { $n } cases have finished it.
report-late-cases = { $late ->
    [one] One case has been in its phase
   *[other] { $late } cases have been in their phase
 } longer than 85 of every 100 needed (the oldest, { $code }: { $days } days in phase { $phase }), and { $overdue ->
    [0] no work is overdue.
    [one] one task is overdue, for { $role }.
   *[other] { $overdue } tasks are overdue; { $many ->
        [yes] { $role } have the most, { $most } each
       *[no] { $role } has the most, { $most }
     }.
 }
report-none-late = No case has been in its phase longer than 85 of every 100 needed, and { $overdue ->
    [0] no work is overdue.
    [one] one task is overdue, for { $role }.
   *[other] { $overdue } tasks are overdue; { $many ->
        [yes] { $role } have the most, { $most } each
       *[no] { $role } has the most, { $most }
     }.
 }

# --- the charts
report-funnel-finding = Of { $opened } cases, { $closed } closed, { $rejected } were rejected, { $running } go on
report-funnel-phase = Of { $entered } cases, { $onward } went on, { $rejected ->
    [one] { $rejected } was rejected
   *[other] { $rejected } were rejected
 }, { $running } still in it
report-funnel-unit = Cases that entered each phase, since the beginning
report-cycle-finding = The slowest is { $phase }: p85 of { $days } days
report-few-times = Few cases have finished a phase yet
report-cycle-unit = Calendar days in each phase, cases that have left it
report-ageing-finding = { $late } of { $running } cases in progress are beyond the p85 of their phase
report-ageing-unit = Calendar days that each case in progress has been in its phase
report-weeks-finding = In { $weeks } weeks { $opened } cases were opened and { $ended } ended
report-weeks-unit = Cases per week
report-onward = went on (in the last phase: closed)
report-running = still in the phase
report-rejected = rejected
report-onward-n = { $n } went on
report-closed-n = { $n } closed
report-running-n = { $n } still in it
report-rejected-n = { $n } rejected
report-none = none
report-p50 = p50
report-p85 = p85
report-p95 = p95
report-days-of = { $days } d   n { $n }
report-band = up to the phase's p85
report-in-time = case
report-late = case beyond the p85
report-phase = Phase
report-opened = opened
report-rejected-many = rejected
report-closed = closed
report-week-of = Week that begins on

# --- the tables
report-by-phase = By phase, since the beginning
report-by-week = By week
report-by-role = Work by role
report-oldest = Cases longest in their phase, those beyond its p85 first
report-head-phase = Phase
report-head-entered = Entered
report-head-advanced = Went on
report-head-closed = Closed
report-head-rejected = Rejected
report-head-running = In it
report-head-returns = Returns
report-head-n = n
report-head-p50 = p50, d
report-head-p85 = p85, d
report-head-p95 = p95, d
report-head-week = Week
report-head-week-opened = Opened
report-head-week-closed = Closed
report-head-week-rejected = Rejected
report-head-week-running = In progress
report-head-role = Role
report-head-role-open = To do
report-head-role-overdue = Overdue
report-head-role-done = Done
report-head-role-late = Late
report-head-case = Case
report-head-client = Client
report-head-age = Days in phase
report-head-usual = p85 of phase
report-head-beyond = Beyond p85
report-yes = yes
report-note = p50, p85 and p95: calendar days (24 h) in which 50, 85 and 95 of every 100 cases finished the phase; n: how many finished it, the wait for the client's environments included. Cases in progress are not losses; returns for correction are counted separately. To do and overdue: at the moment of the report; done and late: during the week, late if after the deadline.

# --- the command and the button
downloads-report = Weekly report (PDF)
downloads-report-for = Two pages: three sentences and four charts, and the tables with their numbers.
downloads-report-file = report-{ $week }.pdf
downloads-week = Week
downloads-week-of = { $number } of { $year }: { $first } to { $last }
downloads-report-empty = Up to the end of that week there was no case that matches these filters. Choose a later week or remove the filters.
