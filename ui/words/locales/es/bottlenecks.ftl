# Cuellos de botella: findings, charts, and how each figure is computed.

# --- findings
bottleneck-lane = { $work ->
    [review] Revisión de { $role }
    [close] Cierre de { $role }
   *[produce] Trabajo de { $role }
 } en Fase { $phase }
bottleneck-share = { $share } del tiempo total
bottleneck-p85 = p85 { $days } días
bottleneck-few = { $n ->
    [0] ninguna tarea terminada
    [one] solo { $n } tarea terminada
   *[other] solo { $n } tareas terminadas
 }
bottleneck-waiting = { $n } esperando
bottleneck-overdue = { $n ->
    [one] { $n } vencida
   *[other] { $n } vencidas
 }
bottleneck-within = solo { $share } en plazo
bottleneck-trend = { $trend ->
    [worse] peor que el trimestre anterior ({ $days } días)
    [better] mejor que el trimestre anterior ({ $days } días)
   *[same] igual que el trimestre anterior
 }
bottleneck-is = El cuello de botella: { $said }
bottleneck-none-apart = Nada se destaca; lo primero es { $said }
bottleneck-period = Tareas terminadas en los últimos { $days } días, desde el { $since }, y las abiertas al { $until }. Días calendario de 24 horas, sin la espera por el ambiente del cliente; p85: 85 de cada 100 terminaron en ese tiempo o menos.
bottleneck-evidence = Ver casos
bottleneck-empty-all = Todavía no hay tareas abiertas, ni terminadas desde el { $day }.
bottleneck-empty = Con esta selección no hay tareas abiertas, ni terminadas desde el { $day }. Cambie la selección o la fecha de los datos.
bottlenecks-link = Ver los cuellos de botella →

# --- the charts
heat-finding = { $n ->
    [one] Un solo carril ocupa el { $share } del tiempo.
   *[other] { $n } de { $lanes } carriles ocupan el { $share } del tiempo.
 }
heat-hover = { $n ->
    [one] { $n } terminada
   *[other] { $n } terminadas
 }, { $waiting } esperando
heat-note = En cada casilla: la parte del tiempo total y el p85 en días. El marco señala el primero de la lista.
ranking-finding = Durante el { $share } del tiempo nadie tenía tomado el trabajo.
ranking-axis = Parte del tiempo total, en %
ranking-note = Tomado no quiere decir trabajado: la tarea está en manos de una persona.
work-waiting = Esperando: nadie la ha tomado
work-held = Tomada por una persona
load-most = { $role } tiene más trabajo por persona: { $each } tareas cada una ({ $queue } abiertas, { $people ->
    [one] { $people } persona
   *[other] { $people } personas
 }).
load-without-people = { $role } tiene { $queue ->
    [one] { $queue } tarea abierta
   *[other] { $queue } tareas abiertas
 } y ninguna persona activa.
load-none = Ningún rol tiene trabajo abierto.
load-each = { $each } por persona
load-nobody = sin personas
load-axis = Tareas abiertas, sin las que esperan al cliente
load-note = Por persona: entre quienes hoy tienen el rol y están activos.
deadlines-least = { $role } es quien menos cumple los plazos: { $share } de { $n } tareas.
deadlines-few = Todavía no se puede decir quién cumple los plazos: ningún rol ha terminado { $n } tareas.
deadlines-axis = Tareas terminadas en el trimestre, y abiertas ya vencidas
punctual-note = En plazo: terminadas a tiempo ÷ (terminadas + abiertas ya vencidas). El plazo de cada tarea se cuenta en tiempo laboral.
work-kept = Terminada en plazo
work-late = Terminada tarde
work-overdue = Abierta y vencida

# --- the exact numbers
lanes-n = Terminadas
lanes-p50 = p50
lanes-p85 = p85
lanes-p95 = p95
lanes-share = Parte del tiempo
lanes-before-p85 = p85 anterior
lanes-waiting = Esperando
lanes-held = Tomadas
lanes-overdue = Vencidas
lanes-kept = Terminadas en plazo
lanes-within = En plazo
lanes-queue = Abiertas
lanes-people = Personas
lanes-per-person = Por persona

# --- how each figure is computed
how-share-of-time = Parte del tiempo
how-share-of-time-formula = Tiempo de las tareas del carril ÷ tiempo de todas: de la apertura al fin, o hasta ahora si siguen abiertas
how-share-of-time-excluded = Tareas retiradas, y la espera por el ambiente del cliente
how-lane-times = Tiempo por tarea
how-lane-times-formula = Fin − apertura de las tareas terminadas en el trimestre; p50, p85 y p95 por interpolación lineal
how-lane-times-excluded = Tareas abiertas y retiradas, y la espera por el ambiente del cliente
how-lane-before = p85 del trimestre anterior
how-lane-before-formula = El p85 de las tareas terminadas en los 91 días anteriores; peor o mejor desde un 10 % de diferencia y 5 tareas
how-lane-before-excluded = Las terminadas después y las abiertas
how-lane-queue = Trabajo abierto
how-lane-queue-formula = Tareas abiertas = esperando + tomadas
how-lane-queue-excluded = Las que esperan el ambiente del cliente
how-lane-waiting = Esperando
how-lane-waiting-formula = Tareas abiertas que nadie ha tomado
how-lane-waiting-excluded = Las tomadas y las que esperan el ambiente del cliente
how-lane-overdue = Vencidas
how-lane-overdue-formula = Tareas abiertas cuyo plazo ya pasó
how-lane-overdue-excluded = Las que esperan el ambiente del cliente
how-lane-within = En plazo
how-lane-within-formula = Terminadas dentro del plazo ÷ (terminadas + abiertas ya vencidas)
how-lane-within-excluded = Tareas retiradas y las que esperan el ambiente del cliente
count-items = Tareas
count-tasks-done = Terminadas
count-tasks-open = Abiertas
count-before = Terminadas en el trimestre anterior
count-tasks-withdrawn = Retiradas
count-queue = Trabajo abierto
count-waiting = Esperando
count-tasks-held = Tomadas
count-at-gate = Esperan el ambiente del cliente
count-tasks-overdue = Vencidas
count-kept = Dentro del plazo
