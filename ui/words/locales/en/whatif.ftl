# The page ¿Y si…?: the simulated effect of one change.

whatif-title = What would happen if something changed? Choose a change and simulate it against the process as it is today.
whatif-few = There is nothing to simulate from yet: in the last { $weeks } weeks at least { $enough } visits of each phase must have finished in each flow. Widen the selection or wait until more cases have ended.
whatif-kind = What changes
whatif-kind-person = One more person in a role
whatif-kind-deadlines = Another deadline
whatif-kind-return = One return fewer
whatif-kind-arrivals = More cases arrive, or fewer
whatif-role = Role
whatif-role-has = { $role } ({ $n } today)
whatif-deadlines-factor = Deadlines
whatif-arrivals-factor = Cases that arrive
whatif-more = { $percent }% more
whatif-less = { $percent }% less
whatif-run = Simulate
whatif-stop = Stop
whatif-running = Simulating… You can stop it: no partial result is kept.
whatif-happened = What happened
whatif-baseline = Today, simulated
whatif-changed = With the change
whatif-difference = Difference
whatif-throughput = Cases finished per week
whatif-p50 = Cycle time p50, working days
whatif-p85 = Cycle time p85, working days
whatif-wip = In progress (WIP)
whatif-overdue = Tasks finished overdue
whatif-cell = { $middle } ({ $low } to { $high })
whatif-p85-finding = { $way ->
    [falls] The p85 of the cycle time falls from { $before } to { $after }
    [rises] The p85 of the cycle time rises from { $before } to { $after }
   *[same] The p85 of the cycle time changes by no more than chance: from { $before } to { $after }
 } working days (interval { $low }–{ $high }).
whatif-overdue-finding = { $way ->
    [falls] Overdue tasks fall from { $before } to { $after }
    [rises] Overdue tasks rise from { $before } to { $after }
   *[same] Overdue tasks change by no more than chance: from { $before } to { $after }
 } (interval { $low }–{ $high }).
whatif-deadlines-honest = Another deadline changes how many tasks count as overdue, not the speed: the simulation does not assume that anybody works faster because of it.
whatif-axis-p85 = Cycle time p85, working days (8 h)
whatif-axis-overdue = Tasks finished overdue, %
whatif-note = Median of { $replications } simulations of { $weeks } weeks; the bar holds 85% of them. The difference compares simulations with the same random draws.
whatif-trust-all = The simulation of today matches what happened: all { $total } numbers lie within their interval.
whatif-trust = The simulation of today matches { $inside } of { $total } actual numbers; it misses: { $named }.
whatif-how =
    - **Arrivals:** cases of each flow, at random, as often as in the last { $weeks } weeks.
    - **Each phase:** one finished visit of those weeks is replayed, chosen at random, with its returns, and its rejection if it had one.
    - **People:** each role has as many as active people hold it today; people with several roles count in each.
    - **Service:** at most the time since the task was opened and since the same person ended the one before; it is a bound, because when they began is not on the record. The rest is queue, which the simulation forms anew, or delay.
    - **Clock:** working time by the calendar of the deadlines.
    - **Interval:** { $replications } simulations, after a warm-up of 13 weeks; nothing was fitted to what happened.
how-simulated = Phase visits that the simulation replays
how-simulated-formula = Phase visits finished in the last weeks, as many as are simulated
how-simulated-excluded = Running visits and those that finished before; the filters of phase and of closing date don't narrow the past
