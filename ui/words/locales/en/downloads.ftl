# The page Descargas: a workbook of the cases and their event log.

page-descargas = Downloads
downloads-nothing-yet = There are no cases to download yet.
downloads-chosen = { $n ->
    [0] No case matches these filters. Change the selection or clear the filters.
    [one] **{ $n } case** matches these filters.
   *[other] **{ $n } cases** match these filters.
 }
downloads-workbook = Cases and tasks (XLSX)
downloads-workbook-for = A workbook with three sheets: the cases, the work of each role with its deadline, and the figures of each phase. No formulas or links; the contacts of clients are not in it.
downloads-csv = Cases (CSV)
downloads-csv-for = One row per case, for any spreadsheet program: separated by commas, in UTF-8, without formulas.
downloads-xes = Event log (XES)
downloads-xes-for = Each activity with its start, its end, its role and who did it, as IEEE 1849 has it, compressed with gzip. For process mining programs.
downloads-ocel = Object-centric event log (OCEL 2.0)
downloads-ocel-for = The same activities, tied to cases, clients, tasks and document versions, as JSON.
downloads-make = Prepare
downloads-making = Preparing the file…
downloads-stop = Stop
downloads-take = Download ({ $size }, data as of { $moment })

# The sheets of the workbook and their column heads.
sheet-cases = Cases
sheet-work-items = Tasks
sheet-phases = Phases
sheet-code = Case
sheet-client = Client
sheet-service = Service
sheet-flow = Flow
sheet-channel = Channel
sheet-international = International
sheet-phase = Phase
sheet-outcome = Outcome
sheet-opened-at = Opened
sheet-ended-at = Ended
sheet-item = Task no.
sheet-role = Role
sheet-kind = What is asked
sheet-cycle = Cycle
sheet-due-at = Due
sheet-ended-as = How it ended
sheet-ended-by = Who ended it
sheet-name = Name
sheet-entered = Entered
sheet-advanced = Advanced
sheet-closed = Closed
sheet-rejected = Rejected
sheet-running = Still in it
sheet-returns = Returns
sheet-n = Visits that ended
sheet-p50-days = p50 (days)
sheet-p85-days = p85 (days)
sheet-p95-days = p95 (days)
sheet-blocked-n = Visits that waited for the client
sheet-blocked-p50-days = Wait for the client, p50 (days)
sheet-blocked-p85-days = Wait for the client, p85 (days)
sheet-blocked-p95-days = Wait for the client, p95 (days)
