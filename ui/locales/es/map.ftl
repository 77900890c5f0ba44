# The map of the process, on the whole and of one case.

page-mapa = Mapa
tab-map = Mapa
map-figure = Cifra sobre el mapa
map-p50 = Mediana
map-p85 = p85
map-queue = En cola
map-ended = Terminadas (n)
map-lane = Carril
map-work = Tarea
map-times = Veces
map-open = Abiertas
map-back = Devoluciones
map-drawn = Mapa
map-table = Las mismas cifras en tabla
map-file = Descargar BPMN
map-alt = Mapa del proceso: nueve fases de izquierda a derecha, seis carriles.
map-counted = n = { $n }, en cola { $queue }
map-most-waits = Donde más se espera: { $phase }, { $role }, con { $n } en cola
map-nothing-waits = Ninguna tarea está en cola
map-legend-p50 = Días de calendario desde que la tarea se abre hasta que termina: la mitad tarda esto o menos; n son las terminadas. De azul claro a naranja, en cuartos de la cifra mayor. Elija una cifra o su tarea para ver los casos en curso de esa fase.
map-legend-p85 = Días de calendario desde que la tarea se abre hasta que termina: 85 de cada 100 tardan esto o menos; n son las terminadas. De azul claro a naranja, en cuartos de la cifra mayor. Elija una cifra o su tarea para ver los casos en curso de esa fase.
map-legend-queue = Tareas abiertas en este momento. De azul claro a naranja, en cuartos de la cola mayor. Elija una cifra o su tarea para ver los casos en curso de esa fase.
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
