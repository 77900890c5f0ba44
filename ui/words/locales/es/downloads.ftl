# The page Descargas: a workbook of the cases and their event log.

page-descargas = Descargas
downloads-nothing-yet = Todavía no hay casos que descargar.
downloads-chosen = { $n ->
    [0] Ningún caso cumple con estos filtros. Cambie la selección o quite los filtros.
    [one] **{ $n } caso** cumple con estos filtros.
   *[other] **{ $n } casos** cumplen con estos filtros.
 }
downloads-workbook = Casos y tareas (XLSX)
downloads-workbook-for = Libro con tres hojas: los casos, las tareas de cada rol con su plazo, y las cifras de cada fase. Sin fórmulas ni enlaces; no incluye los contactos de los clientes.
downloads-csv = Casos (CSV)
downloads-csv-for = Una fila por caso, para cualquier hoja de cálculo: separada por comas, en UTF-8, sin fórmulas.
downloads-xes = Registro de eventos (XES)
downloads-xes-for = Cada actividad con su inicio, su fin, su rol y quién la hizo, según IEEE 1849, comprimido con gzip. Para programas de minería de procesos.
downloads-ocel = Registro de eventos por objetos (OCEL 2.0)
downloads-ocel-for = Las mismas actividades, unidas a casos, clientes, tareas y versiones de documentos, en JSON.
downloads-make = Preparar
downloads-making = Preparando el archivo…
downloads-stop = Detener
downloads-take = Descargar ({ $size }, datos al { $moment })

# The sheets of the workbook and their column heads.
sheet-cases = Casos
sheet-work-items = Tareas
sheet-phases = Fases
sheet-code = Caso
sheet-client = Cliente
sheet-service = Servicio
sheet-flow = Flujo
sheet-channel = Canal
sheet-international = Internacional
sheet-phase = Fase
sheet-outcome = Resultado
sheet-opened-at = Abierto
sheet-ended-at = Terminado
sheet-item = Tarea n.º
sheet-role = Rol
sheet-kind = Qué se pide
sheet-cycle = Ciclo
sheet-due-at = Vence
sheet-ended-as = Cómo terminó
sheet-ended-by = Quién la terminó
sheet-name = Nombre
sheet-entered = Entraron
sheet-advanced = Avanzaron
sheet-closed = Cerraron
sheet-rejected = Se rechazaron
sheet-running = Siguen en ella
sheet-returns = Devoluciones
sheet-n = Visitas terminadas
sheet-p50-days = p50 (días)
sheet-p85-days = p85 (días)
sheet-p95-days = p95 (días)
sheet-blocked-n = Visitas que esperaron al cliente
sheet-blocked-p50-days = Espera del cliente, p50 (días)
sheet-blocked-p85-days = Espera del cliente, p85 (días)
sheet-blocked-p95-days = Espera del cliente, p95 (días)
