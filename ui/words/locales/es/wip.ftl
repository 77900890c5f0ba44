# Trabajo en curso: findings, charts, and how each figure is computed.

# --- findings
wip-nothing = Ningún caso está en curso.
wip-beyond = Casos que pasan del p50 de su fase: { $half }; del p85: { $most }; del p95: { $slow }.
wip-ages-none = { $running ->
    [one] El único caso en curso no lleva
   *[other] Ninguno de los { $running } casos en curso lleva
 } en su fase más que 85 de cada 100 de los anteriores.
wip-ages = { $running ->
    [one] El único caso en curso lleva en su fase más que 85 de cada 100 de los anteriores: { $phases }.
   *[other] { $over ->
        [one] { $over } de { $running } casos en curso lleva
       *[other] { $over } de { $running } casos en curso llevan
     } en su fase más que 85 de cada 100 de los anteriores; donde más: { $phases } ({ $many ->
        [yes] { $most } cada una
       *[no] { $most }
     }).
 }
wip-ages-phase = { $running ->
    [0] Ningún caso está en la Fase { $phase }.
    [one] El único caso en la Fase { $phase } { $over ->
        [0] no lleva
       *[other] lleva
     } en ella más que 85 de cada 100 de los anteriores.
   *[other] { $over ->
        [0] Ninguno de los { $running } casos en la Fase { $phase } lleva
        [one] { $over } de { $running } casos en la Fase { $phase } lleva
       *[other] { $over } de { $running } casos en la Fase { $phase } llevan
     } en ella más que 85 de cada 100 de los anteriores.
 }
wip-flow-phase = { $now ->
    [one] { $now } caso en la Fase { $phase }
   *[other] { $now } casos en la Fase { $phase }
 }; hace { $weeks } semanas, { $before }.
wip-flow-new = { $now ->
    [one] { $now } caso en curso.
   *[other] { $now } casos en curso.
 }
wip-flow = { $now ->
    [one] { $now } caso en curso
   *[other] { $now } casos en curso
 }; hace { $weeks } semanas, { $before }.
wip-weeks-none = Todavía no ha terminado una semana.
wip-weeks = { $n ->
    [one] En la última semana completa
   *[other] En las últimas { $n } semanas completas
 } { $arrived ->
    [one] llegó { $arrived } caso
   *[other] llegaron { $arrived } casos
 } y { $finished ->
    [one] terminó { $finished }
   *[other] terminaron { $finished }
 }.
wip-behaviour-few = Todavía son pocas semanas para decir qué es lo usual.
wip-behaviour-noise = La última semana completa ({ $n ->
    [one] { $n } terminado
   *[other] { $n } terminados
 }) está dentro de lo usual: de { $low } a { $high }. Semanas con señal: { $signals }.
wip-behaviour-signal = La última semana completa ({ $n ->
    [one] { $n } terminado
   *[other] { $n } terminados
 }) es una señal: { $rule }; lo usual va de { $low } a { $high }. Semanas con señal: { $signals }.

# --- charts
wip-case = Caso en curso
wip-band-p50 = hasta p50 de los anteriores
wip-band-p85 = hasta p85
wip-band-p95 = hasta p95
wip-phase = { $running } en curso · { $over } sobre p85
wip-age-axis = Días calendario en la fase (de 24 horas)
wip-cases-axis = Casos
wip-weeks-axis = Casos por semana
wip-arrived = Llegaron
wip-finished = Terminaron
wip-signal = Señal
wip-signal-beyond = fuera de los límites
wip-signal-run = ocho semanas seguidas al mismo lado de la media
wip-signal-near = tres de cuatro semanas cerca de un límite
wip-mean = media { $value }
wip-low = inferior { $value }
wip-high = superior { $value }
wip-change-rules = regla
wip-change-deadlines = plazos
wip-change-calendar = calendario
wip-ages-chart-note = Barras: lo que tardaron los casos que ya salieron de la fase. Puntos: los casos en curso, los { $n } más antiguos de cada fase.
wip-flow-chart-note = Casos en cada fase al final de cada día o semana; abajo, los terminados. La altura de una franja son los casos que hay en ella.
wip-weeks-chart-note = Semanas completas, de lunes a domingo.
wip-behaviour-chart-note = Media y límites naturales, inferior y superior (media ± 2,66 veces la variación media de una semana a otra). Una línea punteada vertical señala un cambio de reglas, plazos o calendario en esas semanas.

# --- the exact numbers
table-week = Semana del
table-at = Hasta
table-over-50 = Sobre p50
table-over-85 = Sobre p85
table-over-95 = Sobre p95
table-arrived = Llegaron
table-finished = Terminaron

# --- how each figure is computed
count-arrived = Llegaron
how-age = Antigüedad en la fase
how-age-formula = Fecha de los datos − entrada a la fase, de los casos que siguen en ella
how-age-excluded = Los casos que ya salieron de la fase
how-arrived = Llegaron
how-arrived-formula = Casos abiertos en la semana
how-arrived-excluded = La semana que no ha terminado
how-week-finished = Terminaron
how-week-finished-formula = Casos cerrados o rechazados en la semana
how-week-finished-excluded = La semana que no ha terminado
