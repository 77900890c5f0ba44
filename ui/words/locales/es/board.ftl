# The prerequisite board.

board-search = Buscar
board-search-hint = cliente o código
board-state = Estado
board-not-covered = Por resolver
board-urgency = Urgencia
board-state-missing = Falta
board-state-expired = Vencido
board-state-expiring = Vence antes de necesitarse
board-state-covered = En orden
board-urgency-waiting = En espera
board-urgency-soon = Pronto
board-urgency-later = Después
board-count-waiting = :red[**{ $count ->
    [one] 1 caso espera
   *[other] { $count } casos esperan
 }**]
board-count-soon = { $count ->
    [one] 1 se necesita
   *[other] { $count } se necesitan
 } en cinco días laborales
board-count-later = { $count } más adelante
board-all-covered = Ningún caso en curso espera ni va a esperar un ambiente: todos están registrados.
board-empty = Ningún caso en curso necesita ambientes. Aquí aparecen desde que se abre un caso, antes de que llegue a la fase que los pide.
board-none = Ningún ambiente coincide con los filtros.
board-waiting = espera hace { $since }
board-by = para el { $day }
board-missing = falta
board-expired = venció el { $at }
board-expiring = vence el { $at }, antes de necesitarse
board-covered = hasta { $at }
board-at-gate = El caso está detenido en { $gate } hasta que se registre.
board-there = El caso está en { $gate }.
board-reaches = El caso llega a { $gate } hacia el { $day }.
board-more-cases = { $count ->
    [one] Otro caso del cliente también lo necesita.
   *[other] Otros { $count } casos del cliente también lo necesitan.
 }
board-provider = Lo entrega el cliente:
board-evidence = Evidencia
board-register = Registrar
board-close = Cerrar
board-how-title = Cómo se calcula
board-how = Desde donde está cada caso se suman las fases que faltan hasta la que pide el ambiente, en tiempo laboral: la mediana de las visitas terminadas de esa fase (sin la espera por el ambiente) o, si hay menos de cinco, sus plazos.
board-phase = Fase
board-flow = Flujo
board-channel = Canal
board-time = Tiempo
board-basis = Según
board-both = ambos
board-median = mediana de { $count } casos
board-deadlines = sus plazos
