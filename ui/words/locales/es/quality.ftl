# Calidad: findings, charts, figures, and how each figure is computed.

page-calidad = Calidad
quality-told = { $cases ->
    [one] { $cases } caso tiene
   *[other] { $cases } casos tienen
 } documentos revisados; en { $reworked } hubo al menos una devolución. Correcciones: { $repeat } por la misma persona que había enviado el documento y { $redo } por otra.

# --- findings
finding-nothing-reviewed = Todavía no ha terminado la primera revisión de ningún documento.
finding-all-first-pass = Ningún documento se ha devuelto: todos se aprobaron en la primera revisión ({ $n ->
    [one] { $n } caso
   *[other] { $n } casos
 }).
finding-quality = Un caso pasa todas las revisiones sin devoluciones con una probabilidad del { $product }; el documento que más se devuelve es { $document }: { $share } en su primera revisión.
finding-first-pass = { $share } de { $n ->
    [one] { $n } documento se aprobó
   *[other] { $n } documentos se aprobaron
 } en la primera revisión; el más bajo es { $document }, con { $worst }.
finding-first-pass-one = { $document }: { $share } de { $n ->
    [one] { $n } documento se aprobó
   *[other] { $n } documentos se aprobaron
 } en la primera revisión.
finding-no-criteria = Todavía no hay respuestas a criterios en una primera revisión.
finding-criteria-met = Todos los criterios se cumplieron en la primera revisión.
finding-criteria = El criterio que menos se cumple a la primera es «{ $criterion }»: falla en { $share } de { $n ->
    [one] { $n } documento
   *[other] { $n } documentos
 }.
finding-no-failures = Ninguna devolución señala un criterio que no se cumple.
finding-failures = «{ $cause }» es el criterio que más devuelve: { $share } de { $n ->
    [one] { $n } incumplimiento
   *[other] { $n } incumplimientos
 }; { $few ->
    [one] un solo criterio explica
   *[other] { $few } criterios explican
 } el 80 %.
finding-no-reasons = Ninguna devolución tiene un motivo escrito.
finding-reasons = El motivo más frecuente es «{ $cause }»: { $share } de { $n ->
    [one] { $n } devolución con motivo escrito
   *[other] { $n } devoluciones con motivo escrito
 }; { $few ->
    [one] un solo motivo explica
   *[other] { $few } motivos explican
 } el 80 %.
finding-no-rework = Ninguna devolución ha llegado todavía a una aprobación.
finding-rework = Corregir { $n ->
    [one] { $n } documento devuelto
   *[other] { $n } documentos devueltos
 } ha costado { $days } días en total; { $share } de ellos en { $document }.
finding-no-refusals = Ninguna de las { $n } validaciones rechazó la solicitud.
finding-refusals = { $n ->
    [one] { $n } de { $of } validaciones rechazó la solicitud
   *[other] { $n } de { $of } validaciones rechazaron la solicitud
 }; donde más: Fase { $phase } ({ $most }).
finding-no-silent = Todas las compuertas que decidieron al menos { $n } casos han dicho no alguna vez.
finding-silent = { $many ->
    [yes] Nunca han dicho no en al menos { $n } casos: { $gates }. ¿Hacen falta?
   *[no] Nunca ha dicho no en al menos { $n } casos: { $gates }. ¿Hace falta?
 }
gate-validation = la validación de la Fase { $phase }
gate-review = la revisión de la Fase { $phase }
gates-many = { $n } compuertas

# --- charts
yield-said = { $share } · { $n } de { $of }
yield-nobody = sin revisiones
yield-passed = Aprobado a la primera
yield-back = Devuelto
criteria-passed = Cumple
criteria-back = No cumple
criteria-axis = Documentos en que se respondió (%)
yield-axis = Documentos cuya primera revisión terminó (%)
yield-note = El documento de cada fase. No cuentan los que siguen en su primera revisión.
criteria-note = Documentos en los que el criterio se respondió en la primera revisión; «no aplica» no cuenta. Los diez con más fallas.
pareto-said = { $times } · { $share } · hasta aquí { $all }
pareto-times = Veces
pareto-axis = Veces que motivó una devolución
pareto-others = Otros ({ $n })
failures-note = Criterios con «no cumple» en las devoluciones de todos los ciclos.
reasons-note = Motivos escritos al devolver, tal como se escribieron.
rework-axis = Días calendario hasta la aprobación (de 24 horas)
rework-note = De la primera devolución de un documento a su aprobación, con todos sus ciclos. No cuentan los que siguen en corrección.
refusals-said = { $n } de { $of } · { $share }
refusals-name = Rechazadas
refusals-axis = Solicitudes rechazadas
refusals-note = Decisiones de la validación de cada fase; un No termina el caso.
gates-nobody = sin decisiones
gates-refused = Validación: No
gates-returned = Revisión: devuelto
gates-no = No { $share }
gates-back = devuelto { $share }
gates-silent = validación: nunca No ({ $n } casos)
gates-silent-review = revisión: nunca devuelto ({ $n } casos)
gates-axis = Decisiones que dijeron no (%)
gates-note = Por fase y tipo de decisión, nunca por persona. Se señala una compuerta desde 20 casos sin un no.

# --- exact numbers
table-criterion = Criterio
table-cause = Causa
table-part = Parte
table-cumulative = Acumulado
table-times = Veces
table-first-pass = A la primera
table-sent-back = Devueltos
table-in-review = En primera revisión
table-reviewed = Revisados
table-failed = Con falla
table-reworked = Corregidos
table-total = Total
table-refused = Dijo No
table-validated = Validaciones
table-returned = Devolvió
table-cases = Casos revisados

# --- how each figure is computed
how-first-pass = Aprobados a la primera
how-first-pass-formula = Documentos aprobados en el ciclo 1 ÷ documentos revisados (aprobados en el ciclo 1 + devueltos). Sobre las fases: el producto
how-first-pass-excluded = Los que siguen en su primera revisión y las decisiones que se retiraron
how-sent-back = Devueltos
how-sent-back-formula = Documentos con al menos una devolución ÷ documentos revisados
how-sent-back-excluded = Los que siguen en su primera revisión y las devoluciones que se retiraron
how-first-review = En primera revisión
how-first-review-formula = Documentos de casos que están en la fase y cuya primera revisión no ha terminado
how-first-review-excluded = Los aprobados y los devueltos
how-rework = Costo de las correcciones
how-rework-formula = Aprobación del documento − su primera devolución; p50, p85 y p95 por interpolación lineal
how-rework-excluded = Los que siguen en corrección y las devoluciones que se retiraron
how-criterion = Criterio en la primera revisión
how-criterion-formula = Documentos en que el criterio no se cumplió en el ciclo 1 ÷ documentos en que se respondió «cumple» o «no cumple»
how-criterion-excluded = «No aplica» y los documentos que siguen en su primera revisión
how-failure = Devoluciones por criterio
how-failure-formula = Devoluciones en las que el criterio no se cumplió, de todos los ciclos
how-failure-excluded = Las devoluciones que se retiraron
how-reason = Devoluciones por motivo
how-reason-formula = Devoluciones con ese motivo escrito, igual letra por letra
how-reason-excluded = Las devoluciones sin motivo escrito y las que se retiraron
how-refusals = Rechazos en la validación
how-refusals-formula = Validaciones que dijeron No ÷ validaciones decididas
how-refusals-excluded = Las que siguen abiertas y las que se retiraron
how-sent-back-verdicts = Devoluciones en la revisión
how-sent-back-verdicts-formula = Veredictos que devolvieron ÷ veredictos dados; en el flujo estándar da uno cada rol
how-sent-back-verdicts-excluded = Las revisiones abiertas, las que ya no hicieron falta y las que se retiraron
count-first-pass = A la primera
count-sent-back = Devueltos
count-in-review = En primera revisión
count-reworked = Corregidos y aprobados
count-in-correction = En corrección
count-criterion-failed = No cumplió
count-criterion-met = Cumplió
count-failure = Devoluciones
count-reason = Devoluciones
count-refused = Dijeron No
count-validated = Dijeron Sí
count-sent-back-verdicts = Devolvieron
count-approvals = Aprobaron
cycle-p50 = la mitad (p50)
cycle-p85 = 85 de cada 100 (p85)
cycle-p95 = 95 de cada 100 (p95)
cycle-n = { $n ->
    [one] · { $n } caso
   *[other] · { $n } casos
 }
cycle-days = { $values } días
cycle-nobody = sin casos terminados
cycle-axis = Días calendario en la fase (de 24 horas)
