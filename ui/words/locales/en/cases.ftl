# The list of all cases.

cases-search = Search
cases-search-hint = code, client or service
cases-hint = Click a case to open it.
cases-open = Open a case of the list
cases-open-hint = Open a case: type its code
cases-found = { $shown } { $count ->
    [one] case
   *[other] cases
 }
cases-empty = No case matches the search and the filters. Change the search or clear the filters to see every case.
cases-empty-all = There are no cases yet. Operador Operación or Mesa de Ayuda opens them.

cases-code = Case
cases-client = Client
cases-service = Service
cases-phase = Phase
cases-state = Status
cases-flow = Flow
cases-channel = Channel
cases-opened = Opened
cases-ended = Finished

cases-running = In progress
cases-closed = Closed
cases-rejected = Rejected
