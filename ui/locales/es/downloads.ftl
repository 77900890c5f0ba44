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
