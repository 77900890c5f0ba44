# The inboxes.

inbox-search = Buscar
inbox-search-hint = código, cliente o servicio
inbox-state = Vencimiento
inbox-flow = Flujo
inbox-phase = Fase
inbox-overdue = Vencidas
inbox-soon = Vencen pronto
inbox-on-time = A tiempo
inbox-blocked = Bloqueadas
inbox-pending = { $shown } { $count ->
    [one] pendiente
   *[other] pendientes
 }
inbox-late = { $shown } { $count ->
    [one] vencida
   *[other] vencidas
 }
inbox-empty = Nada pendiente.
inbox-no-match = Ninguna tarea pendiente coincide con los filtros. Quite alguno para ver las demás.
cycle = ciclo { $number }
due-blocked = bloqueada
due-overdue = vencida { $when }
due-soon = vence { $when }
