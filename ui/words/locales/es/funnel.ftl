# Embudo and Tiempos: findings, charts, figures, and how each figure is computed.


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
finding-one-held = { $running ->
    [0] Ningún caso está en la Fase { $phase }
    [one] En la Fase { $phase } está { $running } caso
   *[other] En la Fase { $phase } están { $running } casos
 }
finding-one = { $held }; 85 de cada 100 la terminan en { $days } días o menos.
finding-one-few = { $held }; todavía son pocos los que la terminaron para decir cuánto tarda.
finding-passed = { $entered ->
    [0] Ningún caso ha llegado a la Fase { $phase }.
   *[other] De { $entered ->
        [one] { $entered } caso que entró
       *[other] { $entered } casos que entraron
     } a la Fase { $phase }, { $last ->
        [yes] { $closed ->
            [one] { $closed } cerró
           *[other] { $closed } cerraron
         }
       *[no] { $advanced ->
            [one] { $advanced } avanzó
           *[other] { $advanced } avanzaron
         }
     }, { $rejected ->
        [one] { $rejected } se rechazó
       *[other] { $rejected } se rechazaron
     } y { $running ->
        [one] { $running } sigue en ella
       *[other] { $running } siguen en ella
     }.
 }
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

# --- the funnel
funnel-onward = Avanzó (en la última fase: cerró)
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

# --- the cohorts
cohort-phase = F{ $n }
cohort-closed = Cerró
cohort-earlier = antes
cohorts-note = Por mes de apertura, con el número de casos: porcentaje que llegó a cada fase y que cerró. Los casos en curso no son una pérdida.
table-month = Abiertos en
table-opened = Abiertos
finding-cohorts-over = Terminaron todos los casos abiertos hasta { $month }: cerró el { $share } de { $opened }.
finding-cohorts-running = Todavía hay casos en curso de todos los meses; de los { $opened } abiertos en { $month } ya cerró el { $share }.

# --- where cases end
ends-closed = Cerrados ({ $n })
ends-running = En curso ({ $n })
ends-rejected = Rechazados ({ $n })
ends-note = De la fase en que el caso terminó o está, a lo que fue de él.
finding-ends = Cerró el { $share } { $ended ->
    [one] del único caso terminado
   *[other] de los { $ended } casos terminados
 }; { $running ->
    [one] { $running } sigue en curso
   *[other] { $running } siguen en curso
 }.
finding-no-ends = Ningún caso ha terminado; { $running ->
    [one] { $running } sigue en curso
   *[other] { $running } siguen en curso
 }.

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
figure-reached = Casos que llegaron a la Fase { $phase }, estén donde estén.

# --- the exact numbers
tab-chart = Gráfico
tab-numbers = Cifras exactas
table-hint = Haga clic en una cifra para ver cómo se calcula y los casos que hay detrás.
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
how-lately = Terminados en { $days } días
how-lately-formula = Casos cerrados o rechazados en los últimos { $days } días, sin dividir
how-lately-excluded = Casos en curso y los que terminaron antes
how-case = Duración del caso
how-case-formula = Fin del caso − apertura; p50 y p85 por interpolación lineal
how-case-excluded = Casos en curso
how-entered = Entraron
how-entered-formula = Casos que llegaron a la fase = avanzaron + cerraron + rechazados + siguen
how-entered-excluded = Nada: cada caso entra una vez a cada fase
how-advanced = Avanzaron
how-advanced-formula = Casos que pasaron a la fase siguiente; en la última fase, los que cerraron
how-advanced-excluded = Los que siguen en la fase: no son una pérdida
how-returns = Devoluciones
how-returns-formula = Veces que una revisión devolvió el documento de la fase a corrección
how-returns-excluded = Las aprobaciones que la devolución dejó sin efecto
how-phase = Tiempo por fase
how-phase-formula = Salida de la fase − entrada; p50, p85 y p95 por interpolación lineal
how-phase-excluded = Los casos que siguen en la fase
how-blocked = Bloqueo
how-blocked-formula = Espera por el ambiente del cliente, de los casos que ya salieron de la fase y esperaron
how-blocked-excluded = Los casos que no esperaron y los que siguen esperando
how-selection = La selección son los casos que cumplen con los filtros; el canal es el que los lleva en la fecha de los datos.
how-wip = En curso (WIP)
how-wip-formula = Casos abiertos que no han terminado
how-wip-excluded = Casos cerrados o rechazados
how-closed = Cerraron
how-closed-formula = Casos que cerraron en la fase; solo se cierra en la última fase
how-closed-excluded = Los que avanzaron a otra fase
how-rejected = Rechazados
how-rejected-formula = Casos que la decisión de la fase rechazó
how-rejected-excluded = Las devoluciones a corrección
how-running = Siguen
how-running-formula = Casos que entraron a la fase y no han salido
how-running-excluded = Nada
how-all-opened = Casos abiertos
how-all-opened-formula = Cerrados + rechazados + en curso
how-all-opened-excluded = Nada
how-all-closed = Casos cerrados
how-all-closed-formula = Casos con Cierre Comercial
how-all-closed-excluded = Rechazados y en curso
how-all-rejected = Casos rechazados
how-all-rejected-formula = Casos que terminaron con la solicitud rechazada
how-all-rejected-excluded = Cerrados y en curso
how-all-running = Casos en curso
how-all-running-formula = Casos abiertos que no han terminado
how-all-running-excluded = Cerrados y rechazados
