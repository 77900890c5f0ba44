# Cumplimiento: findings, charts, figures, and how each figure is computed.

page-cumplimiento = Cumplimiento

# --- findings
finding-compliance = { $share } de { $n } tareas se hicieron dentro de su plazo; { $follow } de { $checked } historias comprobadas siguen el proceso.
finding-compliance-unchecked = { $share } de { $n } tareas se hicieron dentro de su plazo; todavía no se ha comprobado si las historias siguen el proceso.
finding-no-deadlines = Todavía no ha terminado ni vencido ninguna tarea.
finding-deadlines-all = { $share } de { $n } tareas se hicieron dentro de su plazo.
finding-deadlines = Donde menos se cumple el plazo: { $role } en la Fase { $phase }, con { $worst } en plazo; entre todos, { $share } de { $n } tareas.
finding-no-variants = Ningún caso ha terminado.
finding-variants = { $n ->
    [one] { $n } caso terminado siguió
   *[other] { $n } casos terminados siguieron
 } { $paths ->
    [one] un solo camino
   *[other] { $paths } caminos distintos
 }; el más frecuente, { $path }: { $share } de los casos, la mitad en { $days } días o menos.
finding-unchecked = Todavía no se ha comprobado si la historia de los { $cases } casos sigue el proceso.
finding-conforming = La historia de { $checked ->
    [one] { $checked } caso comprobado sigue
   *[other] los { $checked } casos comprobados sigue
 } el proceso: { $share }.
finding-deviating = { $deviating ->
    [one] { $deviating } caso se aparta
   *[other] { $deviating } casos se apartan
 } del proceso: la historia de { $share } de los { $checked } comprobados lo sigue.

# --- charts
sla-note = Parte de las tareas dentro de su plazo y, debajo, cuántas cuentan: hechas y abiertas ya vencidas, desde el primer caso y no solo las del trimestre, como en Cuellos de botella. Cuanto más intenso el color, más fuera de plazo.
variants-said = { $n } · { $share } · p50 { $days } d
variants-name = Casos
variants-axis = Casos terminados
variants-note = Camino de los casos terminados: su fin y en qué fases hubo devoluciones (↺). Los diez más frecuentes. p50: días calendario de la apertura al fin.
path-closed = Cerró
path-rejected = Rechazado en F{ $phase }

# --- conformance
conformance-note = Se lee cada historia entrada por entrada y se compara con la definición del proceso: cada decisión con todo lo que le sigue, el orden de fases y tareas, versiones, aprobaciones, cuatro ojos, ambientes y quién tiene cada tarea.
conformance-at = Comprobación más antigua que cuenta: { $moment }
conformance-check = { $n ->
    [one] Comprobar { $n } caso
   *[other] Comprobar { $n } casos
 }
conformance-checking = Comprobando…
conformance-so-far = { $n } casos comprobados
conformance-clock = Observación, sin desviación: en { $n } { $n ->
    [one] caso
   *[other] casos
} la hora de una entrada queda más de un minuto antes de la anterior ({ $cases }). Un reloj se atrasó; vale el orden de las entradas.
conformance-how-far = De cada caso consta lo que se aparta hasta la primera entrada tras la cual ya no está donde el proceso lo tendría: lo que viene después parte de ella y no se puede juzgar por sí mismo.
conformance-event = Entrada que se aparta
conformance-rule = Regla que no se cumple
rule-four-eyes = Quien envió el documento lo revisó
rule-held = Decidió alguien distinto de quien tenía la tarea
rule-prerequisite = Se dijo Sí sin el ambiente del cliente
rule-criteria = Se respondieron criterios que no son los del cliente, o faltó alguno
rule-failed-approved = Se aprobó con un criterio que no se cumple
rule-return-without-finding = Se devolvió sin criterio ni motivo
rule-findings = Los hallazgos no son los de la revisión
rule-answers = Se envió de nuevo sin responder cada hallazgo
rule-reason = Falta un motivo, un texto o una evidencia
rule-comment = Se cambió un comentario ajeno o pasado su tiempo
rule-beginning = La historia no empieza, una sola vez, con la apertura del caso
rule-numbers = Las entradas no siguen una a otra en número
rule-unfinished = La historia se corta en medio de una decisión
rule-one-decision = Lo que sigue a una decisión consta a otra hora o de otra persona
rule-after-end = Hubo trabajo después del fin del caso
rule-wrong-phase = La entrada consta en una fase en la que el caso no estaba
rule-person = Consta sin persona lo que hace una persona, o al revés
rule-not-open = Se trabajó en una tarea que no estaba abierta
rule-verdict = La respuesta no es una de las posibles
rule-wrong-document = El documento o la versión no es la que corresponde
rule-not-attached = Se envió un documento sin versión nueva adjunta
rule-panel = La revisión se pidió con una regla que no es la de su flujo
rule-approval = El documento se dio por aprobado sin las aprobaciones de la regla, o faltó darlo
rule-draft = Faltó el borrador del documento siguiente, o no es ese
rule-phase-order = Se entró a una fase que no correspondía, o faltó entrar a la siguiente
rule-work-out-of-turn = Se abrió una tarea que no correspondía, o faltó la que seguía
rule-work-withdrawn = Se retiró una tarea que hacía falta, o quedó una que sobraba
rule-due-moved = El plazo de una tarea empezó de nuevo sin causa, o faltó que empezara
rule-activity = Una actividad consta fuera de su lugar, o falta
rule-holding = Se tomó una tarea que alguien tenía, o se soltó una que nadie tenía
rule-taken-back = Se retiró una decisión ajena, o que ya no se podía retirar
rule-channel = Se entregó el caso al mismo canal
rule-link = Se hizo o se retiró un enlace que no correspondía
rule-call = Se pidió algo a otro sistema fuera de lugar, o no se esperó su respuesta
rule-end = El caso terminó de una forma que el proceso no permite, o faltó que terminara
rule-clock = La hora de una entrada queda antes de la anterior

# --- exact numbers
table-late = Tarde
table-variant = Camino
table-of-variant = Casos

# --- how each figure is computed
how-sla = Cumplimiento del plazo
how-sla-formula = Tareas hechas dentro de su plazo ÷ (tareas hechas + abiertas que ya vencieron)
how-sla-excluded = Las abiertas en plazo, las que esperan el ambiente del cliente, las que ya no hicieron falta y las decisiones que se retiraron
how-sla-late = Hechas tarde
how-sla-late-formula = Tareas hechas después de su vencimiento
how-sla-late-excluded = Las abiertas y las decisiones que se retiraron
how-sla-overdue = Abiertas y vencidas
how-sla-overdue-formula = Tareas abiertas cuyo vencimiento ya pasó
how-sla-overdue-excluded = Las que esperan el ambiente del cliente
how-variant = Camino
how-variant-formula = Casos terminados con el mismo fin, en la misma fase y con las mismas devoluciones por fase; p50, p85 y p95 de su duración por interpolación lineal
how-variant-excluded = Casos en curso
how-deviating = Casos que se apartan del proceso
how-deviating-formula = Casos cuya historia no sigue el proceso ÷ casos comprobados
how-deviating-excluded = Los casos que cambiaron después de su última comprobación
count-within = En plazo
count-late = Tarde
count-in-time = Abiertas en plazo o en espera
count-of-variant = Casos de este camino
count-deviating = Se apartan
count-conforming = Siguen el proceso
count-unchecked = Sin comprobar
table-within = En plazo
table-overdue = Abiertas vencidas
count-overdue = Abiertas vencidas
