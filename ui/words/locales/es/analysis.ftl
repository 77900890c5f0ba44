# Common to all pages of the analysis: filters, date, evidence of a number.

analysis-counting = Contando los casos…
analysis-as-of = Datos al { $moment }
analysis-empty-chosen = Ningún caso cumple con estos filtros. Cambie la selección o quite los filtros para ver todos los casos.
analysis-empty-all = Todavía no hay casos. Cuando se abra el primero, aquí se verá en qué fase está y cuánto tarda cada una.
analysis-chosen = Solo: { $chosen }
analysis-empty-then = Al final de ese día todavía no había casos. Elija una fecha posterior o vuelva a hoy.

filter-more = { $count ->
    [0] Más filtros
   *[other] Más filtros ({ $count })
 }
filter-client = Cliente
filter-place = Nacional o internacional
filter-opened-from = Abiertos desde
filter-opened-to = Abiertos hasta
filter-closed-from = Terminados desde
filter-closed-to = Terminados hasta
chosen-opened-from = abiertos desde el { $day }
chosen-opened-to = abiertos hasta el { $day }
chosen-closed-from = terminados desde el { $day }
chosen-closed-to = terminados hasta el { $day }

# --- as of
as-of-day = Como estaba al final del
as-of-told = Todo como estaba al final del { $day }.
as-of-today = Volver a hoy
as-of-play = ▶ Mes a mes
as-of-play-hint = Muestra el final de cada mes, uno tras otro, hasta hoy.
as-of-stop = ■ Detener

# --- evidence of a number
home-ask = Ver los casos detrás de…
home-none = Ningún caso.
home-all = { $n ->
    [one] { $n } caso. Elija su fila para abrirlo.
   *[other] { $n } casos. Elija una fila para abrir el caso.
 }
home-newest = Los { $n } más recientes; el CSV los tiene todos. Elija una fila para abrir el caso.
home-csv = Descargar CSV
home-times = Veces
home-as-of = Datos al { $moment }, con los filtros de la página.
clock-moment = El momento de la consulta
clock-opening = Fecha de apertura del caso
clock-calendar = Tiempo calendario
clock-working = Tiempo laboral
count-opened = Abiertos
count-entered = Entraron
count-advanced = Avanzaron
count-closed = Cerraron
count-rejected = Rechazados
count-running = Siguen
count-returns = Devoluciones
count-finished = Terminados
count-lately = Terminados en el plazo
count-earlier = Terminados antes
count-left = Terminaron la fase
count-blocked = Esperaron
count-never-blocked = No esperaron
