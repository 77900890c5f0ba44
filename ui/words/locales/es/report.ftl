# The weekly report, a PDF of two pages.

report-title = Informe de la semana { $number } de { $year }
report-days = Del { $first } al { $last }
report-as-of = datos al { $moment }

# --- the three sentences
report-moved = { $opened ->
    [0] No se abrió ningún caso
    [one] Se abrió un caso
   *[other] Se abrieron { $opened } casos
 } y { $ended ->
    [0] no terminó ninguno
    [one] terminó uno ({ $closed ->
        [one] cerrado
       *[other] rechazado
     })
   *[other] terminaron { $ended } ({ $closed } por cierre y { $rejected } por rechazo)
 }; { $running ->
    [0] no queda ninguno en curso
    [one] queda uno en curso
   *[other] quedan { $running } en curso
 }, { $change ->
    [more] { $by } más que
    [less] { $by } menos que
   *[same] los mismos que
 } al comenzar la semana.
report-slowest = La fase más lenta es la { $phase }: la mitad de los casos la termina en { $half } días o menos y 85 de cada 100 en { $most } o menos; { $here ->
    [0] ninguno de los que siguen en curso está en ella.
    [one] en ella está 1 de los { $running } en curso.
   *[other] en ella están { $here } de los { $running } en curso.
 }
report-slowest-phase = En la { $phase } la mitad de los casos termina en { $half } días o menos y 85 de cada 100 en { $most } o menos; { $here ->
    [0] ninguno de los que siguen en curso está en ella.
    [one] en ella está 1 de los { $running } en curso.
   *[other] en ella están { $here } de los { $running } en curso.
 }
report-no-slowest = Todavía no se puede decir qué fase es la más lenta: menos de { $n } casos han terminado cada una.
report-no-slowest-phase = Todavía no se puede decir cuánto tarda esta fase: la han terminado menos de { $n } casos.
report-late-cases = { $late ->
    [one] Un caso lleva
   *[other] { $late } casos llevan
 } en su fase más tiempo del que bastó a 85 de cada 100 (el más antiguo, { $code }: { $days } días en la fase { $phase }), y { $overdue ->
    [0] no hay tareas vencidas.
    [one] hay una tarea vencida, de { $role }.
   *[other] hay { $overdue } tareas vencidas; { $many ->
        [yes] quienes más tienen son { $role }, con { $most } cada uno
       *[no] quien más tiene es { $role }, con { $most }
     }.
 }
report-none-late = Ningún caso lleva en su fase más tiempo del que bastó a 85 de cada 100, y { $overdue ->
    [0] no hay tareas vencidas.
    [one] hay una tarea vencida, de { $role }.
   *[other] hay { $overdue } tareas vencidas; { $many ->
        [yes] quienes más tienen son { $role }, con { $most } cada uno
       *[no] quien más tiene es { $role }, con { $most }
     }.
 }

# --- the charts
report-funnel-finding = De { $opened } casos, { $closed } cerraron, { $rejected } se rechazaron, { $running } siguen
report-funnel-phase = De { $entered } casos, { $onward ->
    [one] { $onward } avanzó
   *[other] { $onward } avanzaron
 }, { $rejected ->
    [one] { $rejected } se rechazó
   *[other] { $rejected } se rechazaron
 }, { $running ->
    [one] { $running } sigue
   *[other] { $running } siguen
 }
report-funnel-unit = Casos que entraron a cada fase, desde el comienzo
report-cycle-finding = La más lenta es { $phase }: p85 de { $days } días
report-few-times = Pocos casos han terminado una fase todavía
report-cycle-unit = Días de calendario en cada fase, casos que ya salieron de ella
report-ageing-finding = { $late } de { $running } casos en curso llevan más que el p85 de su fase
report-ageing-unit = Días de calendario que cada caso en curso lleva en su fase
report-weeks-finding = En { $weeks } semanas se abrieron { $opened } casos y terminaron { $ended }
report-weeks-unit = Casos por semana
report-onward = avanzó (en la última fase: cerró)
report-running = sigue en la fase
report-rejected = rechazado
report-onward-n = { $n ->
    [one] { $n } avanzó
   *[other] { $n } avanzaron
 }
report-closed-n = { $n ->
    [one] { $n } cerró
   *[other] { $n } cerraron
 }
report-running-n = { $n ->
    [one] { $n } sigue
   *[other] { $n } siguen
 }
report-rejected-n = { $n ->
    [one] { $n } rechazado
   *[other] { $n } rechazados
 }
report-none = ninguno
report-p50 = p50
report-p85 = p85
report-p95 = p95
report-days-of = { $days } d   n { $n }
report-band = hasta el p85 de la fase
report-in-time = caso
report-late = caso que pasó del p85
report-phase = Fase
report-opened = abiertos
report-rejected-many = rechazados
report-closed = cerrados
report-week-of = Semana que comienza el

# --- the tables
report-by-phase = Por fase, desde el comienzo
report-by-week = Por semana
report-by-role = Trabajo por rol
report-oldest = Casos en curso que más llevan en su fase, primero los que pasaron de su p85
report-head-phase = Fase
report-head-entered = Entraron
report-head-advanced = Avanzaron
report-head-closed = Cerraron
report-head-rejected = Rechaz.
report-head-running = En curso
report-head-returns = Devol.
report-head-n = n
report-head-p50 = p50, d
report-head-p85 = p85, d
report-head-p95 = p95, d
report-head-week = Semana
report-head-week-opened = Abiertos
report-head-week-closed = Cerrados
report-head-week-rejected = Rechaz.
report-head-week-running = En curso
report-head-role = Rol
report-head-role-open = Por hacer
report-head-role-overdue = Vencido
report-head-role-done = Hecho
report-head-role-late = Tarde
report-head-case = Caso
report-head-client = Cliente
report-head-age = Días en la fase
report-head-usual = p85 de la fase
report-head-beyond = Pasó del p85
report-yes = sí
report-note = p50, p85 y p95: días de calendario (24 h) en los que terminaron la fase 50, 85 y 95 de cada 100 casos; n: cuántos la terminaron, con la espera por ambientes del cliente. Los casos en curso no son pérdidas; las devoluciones a corrección se cuentan aparte. Por hacer y vencido: al cierre del informe; hecho y tarde: durante la semana, tarde si fue después del plazo.

# --- the command and the button
downloads-report = Informe semanal (PDF)
downloads-report-for = Dos páginas: tres frases y cuatro gráficos, y las tablas con sus números.
downloads-report-file = informe-{ $week }.pdf
downloads-week = Semana
downloads-week-of = { $number } de { $year }: del { $first } al { $last }
downloads-report-empty = Hasta el final de esa semana no había ningún caso que cumpla con estos filtros. Elija una semana posterior o quite los filtros.
