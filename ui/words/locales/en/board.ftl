# The prerequisite board.

board-search = Search
board-search-hint = client or code
board-state = State
board-not-covered = To be settled
board-urgency = Urgency
board-state-missing = Missing
board-state-expired = Expired
board-state-expiring = Expires before it is needed
board-state-covered = In order
board-urgency-waiting = Waiting
board-urgency-soon = Soon
board-urgency-later = Later
board-count-waiting = :red[**{ $count ->
    [one] 1 case is waiting
   *[other] { $count } cases are waiting
 }**]
board-count-soon = { $count ->
    [one] 1 is needed
   *[other] { $count } are needed
 } within five working days
board-count-later = { $count } later
board-all-covered = No running case waits or will wait for an environment: all of them are registered.
board-empty = No running case needs environments. They appear here once a case is opened, before it reaches the phase that asks for them.
board-none = No environment matches the filters.
board-waiting = waiting for { $since }
board-by = by { $day }
board-missing = missing
board-expired = expired on { $at }
board-expiring = expires on { $at }, before it is needed
board-covered = until { $at }
board-at-gate = The case is blocked in { $gate } until it is registered.
board-there = The case is in { $gate }.
board-reaches = The case reaches { $gate } around { $day }.
board-more-cases = { $count ->
    [one] Another case of the client needs it too.
   *[other] { $count } other cases of the client need it too.
 }
board-provider = The client provides it:
board-evidence = Evidence
board-register = Register
board-close = Close
board-how-title = How it is estimated
board-how = From the current phase of each case, the working times of the phases up to the one that requires the environment are added up: the median of the finished visits of that phase (without the wait for the environment) or, when there are fewer than five, its deadlines.
board-phase = Phase
board-flow = Flow
board-channel = Channel
board-time = Time
board-basis = According to
board-both = both
board-median = median of { $count } cases
board-deadlines = its deadlines
