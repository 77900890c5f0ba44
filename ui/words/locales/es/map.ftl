# The process map, of all cases and of one case.

page-mapa = Mapa
tab-map = Mapa
map-figure = Cifra sobre el mapa
map-p50 = Mediana
map-p85 = p85
map-queue = En cola
map-n = Terminadas
map-work = Tarea
map-times = Veces
map-open = Abiertas
map-back = Devoluciones
map-drawn = Mapa
map-table = Lo mismo en tabla
map-file = Descargar BPMN
map-alt = Mapa del proceso: fases de izquierda a derecha, un carril por rol.
map-most-queue = Donde más se espera: { $work } ({ $phase }, { $role }), con { $said } en cola
map-most-p50 = Lo que más tarda: { $work } ({ $phase }, { $role }); la mitad de las veces { $said } o más (n = { $n })
map-most-p85 = Lo que más tarda: { $work } ({ $phase }, { $role }); 85 de cada 100 veces { $said } o menos (n = { $n })
map-few-ended = Ninguna tarea ha terminado las veces suficientes para decir cuál tarda más
map-nothing-waits = Ninguna tarea está en cola
map-legend-p50 = Días calendario desde que la tarea se abre hasta que termina, sin la espera por el ambiente del cliente: la mitad tarda esto o menos; n son las terminadas. De azul claro a naranja, en cuartos de la cifra mayor. Elija una tarea para ver sus casos.
map-legend-p85 = Días calendario desde que la tarea se abre hasta que termina, sin la espera por el ambiente del cliente: 85 de cada 100 tardan esto o menos; n son las terminadas. De azul claro a naranja, en cuartos de la cifra mayor. Elija una tarea para ver sus casos.
map-legend-queue = Tareas abiertas, esperando o tomadas; no las que esperan el ambiente del cliente. De azul claro a naranja, en cuartos de la cola mayor. Elija una tarea para ver sus casos.
map-case-now = Está en: { $where }.
map-case-ended = El caso terminó.
map-case-legend = ▶ dónde está, ✓ por dónde pasó, × cuántas veces, ↩ cuántas devoluciones.
map-now = está aquí
map-done = { $n ->
    [one] pasó una vez
   *[other] pasó { $n } veces
 }
map-returns = { $n ->
    [one] una devolución
   *[other] { $n } devoluciones
 }
map-nearer = Acercar
map-farther = Alejar
map-fit = Ver todo el proceso
map-whole = Leer desde el inicio
map-left = Mover a la izquierda
map-right = Mover a la derecha
map-up = Mover hacia arriba
map-down = Mover hacia abajo
map-lost = El mapa no llegó porque se perdió la conexión. Vuelva a cargar la página; las cifras están también en tabla.

# --- how each figure is computed
how-element-times = Tiempo de la tarea
how-element-times-formula = Fin − apertura de las tareas terminadas; p50 y p85 por interpolación lineal
how-element-times-excluded = Tareas abiertas y retiradas, y la espera por el ambiente del cliente
how-element-queue = En cola
how-element-queue-formula = Tareas abiertas = esperando + tomadas
how-element-queue-excluded = Las que esperan el ambiente del cliente
