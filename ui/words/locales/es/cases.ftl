# The list of all cases.

cases-search = Buscar
cases-search-hint = código, cliente o servicio
cases-hint = Haga clic en un caso para abrirlo.
cases-open = Abrir un caso de la lista
cases-open-hint = Abrir un caso: escriba el código
cases-found = { $shown } { $count ->
    [one] caso
   *[other] casos
 }
cases-empty = Ningún caso cumple con la búsqueda y los filtros. Cambie la búsqueda o quite los filtros para ver todos los casos.
cases-empty-all = Todavía no hay casos. Los abre Operador Operación o Mesa de Ayuda.

cases-code = Caso
cases-client = Cliente
cases-service = Servicio
cases-phase = Fase
cases-state = Estado
cases-flow = Flujo
cases-channel = Canal
cases-opened = Abierto
cases-ended = Terminado

cases-running = En curso
cases-closed = Cerrado
cases-rejected = Rechazado
