# Settings of Proceso: deadlines, calendar, reminders, approval.

page-plazos = Deadlines
owner-part = Part
owner-part-plazos = Deadlines
owner-part-calendario = Calendar
owner-part-avisos = Reminders
owner-part-aprobacion = Approval
owner-part-cambios = Changes

owner-phase = Phase
owner-deadlines-first = first task
owner-deadlines-later = later tasks
owner-part-plazos-hint = In working time, e.g. “2 d 4 h” or “90 min”; 1 d is 8 h.
owner-part-avisos-hint = In working time, e.g. “2 d 4 h” or “90 min”; 1 d is 8 h.
owner-all = Every deadline in force
owner-calendar-country = Country, for its holidays
owner-calendar-time-zone = Time zone
owner-calendar-weekdays = Working days
owner-calendar-hours = Hours
owner-calendar-hours-help = One span or more: 08:00-12:00, 13:00-17:00
owner-calendar-closed = Other closed days, one per line
owner-closed-hint = 2026-12-24
owner-soon = “Due soon”: how long before the deadline
owner-soon-help = From then on a reminder is sent and the task is shown in orange.
owner-escalate-after = Escalate to Proceso: how long after the deadline
owner-escalate-after-help = With 0 min it escalates as soon as it is overdue.
owner-part-aprobacion-hint = In the Estándar flow. In B2B Gerente Comercial decides alone.
owner-rules = approval rule
owner-rule-all = All reviewing roles
owner-rule-any = Any one role
owner-rule-quorum = { $number ->
    [one] One role (quorum)
   *[other] { $number } of the reviewing roles
 }
owner-four-eyes-on-validation = Whoever sent a document may not validate it
owner-four-eyes-on-validation-help = The last setting applies from now on, to open work too.
owner-yes = yes
owner-no = no
owner-none = none

owner-effects = What would change
owner-effect-lane = { $lane }: { $open ->
    [0] there are no open tasks.
    [one] with this deadline { $then ->
        [0] the open task would not be overdue (now { $now }).
       *[other] the open task would be overdue (now { $now }).
     }
   *[other] with this deadline { $then } of the { $open } open tasks would be overdue (now { $now }).
 }
owner-effect-calendar = { $open ->
    [0] There are no open tasks.
   *[other] With this calendar, of { $open ->
        [one] 1 open task
       *[other] { $open } open tasks
     } { $then } would be overdue (now { $now }).
 }
owner-effect-soon = { $open ->
    [0] There are no open tasks.
   *[other] Of { $open ->
        [one] 1 open task
       *[other] { $open } open tasks
     }, { $then } would be due soon (now { $now }).
 }
owner-effect-escalate-after = { $open ->
    [0] There are no open tasks.
   *[other] Of { $open ->
        [one] 1 open task
       *[other] { $open } open tasks
     }, { $then } would be escalated (now { $now }).
 }
owner-effect-rule = { $document }: { $then ->
    [one] 1 running case
   *[other] { $then } running cases
 } will be reviewed by the new rule; { $open ->
    [one] 1 open review keeps
   *[other] { $open } open reviews keep
 } the old one.
owner-effect-four-eyes = In { $then } of { $open ->
    [one] 1 open validation
   *[other] { $open } open validations
 }, whoever sent the document holds the role that validates: the change concerns that person.
owner-later-only = It applies to work opened after saving; open work keeps its deadline and rule.
owner-left = It cannot be saved: it would leave { $count ->
    [one] one running case
   *[other] { $count } running cases
 } that nobody may decide: { $cases }.
owner-unreadable = One value cannot be read. It will be marked when you save.

owner-do-save = { $count ->
    [one] Save 1 change
   *[other] Save { $count } changes
 }
owner-do-save-none = Save
owner-do-discard = Discard
owner-done-save = Saved. It applies to work opened from now on.

owner-column-when = When
owner-column-who = Who
owner-column-what = What
owner-column-before = Before
owner-column-after = After
owner-by-command = command line
owner-no-changes = Nobody has changed anything: the initial values apply.

# --- refusals
error-settings-changed = Not saved: somebody changed the deadlines on { $at }, after you opened this page. What you typed is still here; look at the new values and save again.
error-settings-same = Not saved: nothing differs from the current values. Change a value and save again.
error-rule-leaves-undecided = Not saved: it would leave { $count ->
    [one] one running case
   *[other] { $count } running cases
 } that nobody may decide: { $cases }. Choose another rule, or give the role to more people first.
error-working-time-malformed = Write a working time, e.g. “2 d 4 h” or “90 min”.
error-working-time-range = Write a time above zero and of { $days } d at most.
error-quorum-range = A quorum is from 1 to { $limit }.
error-setting-unknown = There is no { $names }. There are: { $known }.
error-setting-malformed = “{ $setting }” is not in the right format. See it with `settings show`.
error-endpoint-system = The systems are: { $systems }.
error-endpoint-malformed = The address of { $system } is http:// or https:// with a host, without a user or a fragment; `private` is true or false.
error-calendar-country = Choose a country from the list.
error-calendar-time-zone = Choose a time zone from the list.
error-calendar-hours = Write spans that do not overlap, e.g. 08:00-12:00, 13:00-17:00.
error-calendar-weekdays = Choose at least one day.
error-calendar-closed = “{ $date }” is not a date. Write one per line, e.g. 2026-12-24.
error-calendar-horizon = Not saved: with this calendar a deadline would not come within { $years } years. Widen the days or the hours.
owner-endpoints = Other systems
