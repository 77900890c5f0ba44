# The inboxes.

inbox-search = Search
inbox-search-hint = code, client or service
inbox-state = Deadline
inbox-flow = Flow
inbox-phase = Phase
inbox-overdue = Overdue
inbox-soon = Due soon
inbox-on-time = On time
inbox-blocked = Blocked
inbox-pending = { $shown } { $count ->
    [one] pending
   *[other] pending
 }
inbox-late = { $shown } { $count ->
    [one] overdue
   *[other] overdue
 }
inbox-empty = Nothing is pending.
inbox-no-match = No pending task matches the filters. Remove one to see the others.
cycle = cycle { $number }
due-blocked = blocked
due-overdue = overdue { $when }
due-soon = due { $when }
