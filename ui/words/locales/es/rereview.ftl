# Re-review: what changed between two versions, earlier findings, the round counter.

rereview-round = ciclo { $cycle }
rereview-usual = lo usual: { $rounds } (mediana de { $count ->
    [one] un caso que pasó
   *[other] { $count } casos que pasaron
 } esta revisión)
rereview-no-usual = todavía no hay casos con los que compararla
rereview-findings = Hallazgos anteriores y su respuesta ({ $count })
rereview-returned = Ciclo { $cycle }, v{ $version }: devolvió { $person }
rereview-unanswered = sin respuesta
rereview-changes = Qué cambió en { $document } desde que se devolvió

compare = Comparar versiones
compare-document = Documento
compare-choose = elija un documento
compare-from = Versión anterior
compare-to = Versión posterior
compare-two = Elija dos versiones distintas.
compare-title = De v{ $older } a v{ $newer }
compare-reading = Comparando las dos versiones…
compare-name = Nombre
compare-type = Tipo
compare-size = Tamaño
compare-hash = Huella del archivo (SHA-256)
compare-identical = Es el mismo archivo: su huella no cambió.
compare-same-text = El texto es el mismo. Cambió otra cosa del archivo: formato, imágenes o firmas. Lea las dos versiones.
compare-changed = { $places ->
    [one] Un cambio
   *[other] { $places } cambios
 } en el texto: **+** { $added ->
    [one] una palabra agregada
   *[other] { $added } palabras agregadas
 }, **−** { $removed ->
    [one] una quitada
   *[other] { $removed } quitadas
 }. No se comparan imágenes ni formato.
compare-unreadable = No se puede comparar el texto: { $reasons }. La huella del archivo sí cambió; lea las dos versiones.
compare-against = v{ $version } { $why ->
    [other_kind] no es PDF ni DOCX
    [encrypted] está protegida con contraseña
    [broken] está dañada o no sigue su formato
    [no_text] no trae texto (puede ser un escaneo)
    [too_large] es demasiado larga
   *[too_long] tomaría demasiado tiempo
 }
compare-more = Y { $count ->
    [one] un cambio más
   *[other] { $count } cambios más
 }: véalos en Documentos, «Comparar versiones», o descargue las dos versiones.
