# The page Descargas: a workbook of the cases and their event log.

page-descargas = Downloads
downloads-chosen = { $n ->
    [0] No case matches these filters. Change the selection or clear the filters.
    [one] **{ $n } case** matches these filters.
   *[other] **{ $n } cases** match these filters.
 }
downloads-workbook = Cases and work items (XLSX)
downloads-workbook-for = A workbook of two sheets: the cases, and each role’s work with its deadline. No formulas or links; the clients’ contacts are not in it.
downloads-xes = Event log (XES)
downloads-xes-for = Each activity with its start, its end, its role and who did it, as IEEE 1849 has it, compressed with gzip. For process mining programs.
downloads-ocel = Object-centric event log (OCEL 2.0)
downloads-ocel-for = The same activities, tied to cases, clients, work items and document versions, as JSON.
downloads-make = Prepare
downloads-making = Preparing the file…
downloads-stop = Stop
downloads-take = Download ({ $size }, data as of { $moment })
