# The page Flujo: its findings, its charts, its figures, and how each figure is computed.

flow-counting = Contando los casos…
flow-as-of = Datos al { $moment }
flow-see-cases = Ver estos casos
flow-empty = Ningún caso cumple con estos filtros. Cambie la selección o quite los filtros para ver todos los casos.
flow-empty-all = Todavía no hay casos. Cuando se abra el primero, aquí se verá en qué fase está y cuánto tarda cada una.

# --- findings
phase-named = Fase { $phase }
phases-many = { $n } fases
finding-held = { $many ->
    [yes] { $phases } retienen más casos: { $most } cada una, de { $running } en curso
   *[no] La { $phases } retiene más casos: { $most } de { $running } en curso
 }
finding-none-running = Ningún caso sigue en curso
finding-main = { $held }; la más lenta es la { $phase }: 85 de cada 100 casos la terminan en { $days } días o menos.
finding-same = { $held }, y es la más lenta: 85 de cada 100 casos la terminan en { $days } días o menos.
finding-no-times = { $held }; ninguno ha terminado todavía una fase.
finding-few-times = { $held }; todavía son pocos los casos que terminaron una fase para decir cuál es la más lenta.
finding-ended = { $opened ->
    [one] De { $opened } caso
   *[other] De { $opened } casos
 }, { $closed ->
    [one] { $closed } cerró
   *[other] { $closed } cerraron
 }, { $rejected ->
    [one] { $rejected } se rechazó
   *[other] { $rejected } se rechazaron
 } y { $running ->
    [one] { $running } sigue en curso
   *[other] { $running } siguen en curso
 }
finding-none-rejected = { $ended }.
finding-rejected = { $ended }; donde más se rechaza: { $phases } ({ $many ->
    [yes] { $most } cada una
   *[no] { $most }
 }).
finding-slowest = La { $phase } es la más lenta: la mitad de los casos la termina en { $half } días o menos, y 85 de cada 100 en { $most } o menos ({ $n ->
    [one] { $n } caso
   *[other] { $n } casos
 }).
finding-few-finished = Todavía no se puede decir qué fase es la más lenta: menos de { $n } casos han terminado cada una.
finding-nothing-finished = Ningún caso ha terminado todavía una fase.

# --- the funnel
funnel-onward = Avanzó (en la fase 9: cerró)
funnel-running = Sigue en la fase
funnel-rejected = Rechazado
funnel-running-n = { $n ->
    [one] sigue { $n }
   *[other] siguen { $n }
 }
funnel-rejected-n = { $n ->
    [one] rechazado { $n }
   *[other] rechazados { $n }
 }
funnel-nobody = ningún caso ha llegado
funnel-axis = Casos que entraron a la fase
funnel-note = ↺ devoluciones a corrección: se cuentan aparte, porque el caso no sale de la fase.

# --- the cycle time
cycle-p50 = la mitad (p50)
cycle-p85 = 85 de cada 100 (p85)
cycle-p95 = 95 de cada 100 (p95)
cycle-n = { $n ->
    [one] · { $n } caso
   *[other] · { $n } casos
 }
cycle-days = { $values } días
cycle-nobody = sin casos terminados
cycle-axis = Días calendario en la fase (de 24 horas)
cycle-note = De la entrada a la fase hasta la salida; incluye noches, fines de semana y la espera por el ambiente del cliente.

# --- filters
filter-flow = Flujo
filter-channel = Canal
filter-from = Abiertos desde
filter-to = Abiertos hasta
filter-phase = Fase
filter-state = Estado
filter-all = Todos
filter-all-phases = Todas
filter-clear = Quitar filtros

# --- figures
figure-running = En curso (WIP)
figure-closed = Cerrados
figure-rejected = Rechazados
figure-lately = Terminados en { $days } días
figure-p50 = Duración, p50
figure-p85 = Duración, p85
figure-days = { $days } d
figure-none = –
figure-calendar = Duración: días calendario de 24 horas, de la apertura al fin, de { $n ->
    [one] { $n } caso terminado
   *[other] { $n } casos terminados
 }, cerrados o rechazados.

# --- the exact numbers
tab-chart = Gráfico
tab-numbers = Cifras exactas
table-hint = Haga clic en una fase para ver los casos que siguen en ella.
table-phase = Fase
table-entered = Entraron
table-advanced = Avanzaron
table-closed = Cerraron
table-rejected = Rechazados
table-running = Siguen
table-returns = Devoluciones
table-n = Terminadas
table-p50 = p50
table-p85 = p85
table-p95 = p95
table-blocked-n = Bloqueadas
table-blocked-p50 = Bloqueo, p50

# --- how each figure is computed
how-title = Cómo se calcula
how-formula = Fórmula
how-excluded = Qué no cuenta
how-clock = Reloj
how-selection = La selección son los casos del flujo elegido, del canal que los lleva hoy y abiertos entre las dos fechas, ambas incluidas.
how-running = En curso (WIP)
how-running-formula = Casos abiertos que no han terminado
how-running-excluded = Casos cerrados o rechazados
how-running-clock = El momento de la consulta
how-lately = Terminados en { $days } días
how-lately-formula = Casos cerrados o rechazados en los últimos { $days } días, sin dividir
how-lately-excluded = Casos en curso y los que terminaron antes
how-lately-clock = Días de 24 horas hasta el momento de la consulta
how-case = Duración del caso
how-case-formula = Fin del caso − apertura; p50 y p85 por interpolación lineal
how-case-excluded = Casos en curso
how-case-clock = Tiempo calendario
how-entered = Entraron
how-entered-formula = Casos que llegaron a la fase = avanzaron + cerraron + rechazados + siguen
how-entered-excluded = Nada: cada caso entra una vez a cada fase
how-entered-clock = Fecha de apertura del caso
how-advanced = Avanzaron
how-advanced-formula = Casos que pasaron a la fase siguiente; en la fase 9, los que cerraron
how-advanced-excluded = Los que siguen en la fase: no son una pérdida
how-advanced-clock = Fecha de apertura del caso
how-returns = Devoluciones
how-returns-formula = Veces que una revisión devolvió el documento de la fase a corrección
how-returns-excluded = Las aprobaciones que la devolución dejó sin efecto
how-returns-clock = Fecha de apertura del caso
how-phase = Tiempo por fase
how-phase-formula = Salida de la fase − entrada; p50, p85 y p95 por interpolación lineal
how-phase-excluded = Los casos que siguen en la fase
how-phase-clock = Tiempo calendario
how-blocked = Bloqueo
how-blocked-formula = Espera por el ambiente del cliente, de los casos que ya salieron de la fase y esperaron
how-blocked-excluded = Los casos que no esperaron y los que siguen esperando
how-blocked-clock = Tiempo calendario
