# Settings of Proceso: deadlines, calendar, reminders, approval.

page-plazos = Plazos
owner-part = Parte
owner-part-plazos = Plazos
owner-part-calendario = Calendario
owner-part-avisos = Avisos
owner-part-aprobacion = Aprobación
owner-part-cambios = Cambios

owner-phase = Fase
owner-deadlines-first = primera tarea
owner-deadlines-later = tareas siguientes
owner-part-plazos-hint = En tiempo laboral, p. ej. «2 d 4 h» o «90 min»; 1 d son 8 h.
owner-part-avisos-hint = En tiempo laboral, p. ej. «2 d 4 h» o «90 min»; 1 d son 8 h.
owner-all = Todos los plazos en vigor
owner-calendar-country = País, por sus feriados
owner-calendar-time-zone = Zona horaria
owner-calendar-weekdays = Días laborales
owner-calendar-hours = Horario
owner-calendar-hours-help = Uno o más tramos: 08:00-12:00, 13:00-17:00
owner-calendar-closed = Otros días cerrados, uno por línea
owner-closed-hint = 24/12/2026
owner-soon = «Vence pronto»: cuánto antes del vencimiento
owner-soon-help = Desde entonces la tarea se recuerda y se ve en naranja.
owner-escalate-after = Escalar a Proceso: cuánto después del vencimiento
owner-escalate-after-help = Con 0 min se escala en cuanto vence.
owner-part-aprobacion-hint = En el flujo Estándar. En B2B decide solo Gerente Comercial.
owner-rules = regla de aprobación
owner-rule-all = Todos los roles que revisan
owner-rule-any = Un rol cualquiera
owner-rule-quorum = { $number ->
    [one] Un rol (quórum)
   *[other] { $number } de los roles que revisan
 }
owner-four-eyes-on-validation = Quien envió un documento no puede validarlo
owner-four-eyes-on-validation-help = Esto último vale desde ahora, también para lo que está abierto.
owner-yes = sí
owner-no = no
owner-none = ninguno

owner-effects = Qué cambiaría
owner-effect-lane = { $lane }: { $open ->
    [0] no hay tareas abiertas.
    [one] con este plazo, { $then ->
        [0] la tarea abierta no estaría vencida (ahora, { $now }).
       *[other] la tarea abierta estaría vencida (ahora, { $now }).
     }
   *[other] con este plazo, { $then } de las { $open } tareas abiertas { $then ->
        [one] estaría vencida
       *[other] estarían vencidas
     } (ahora, { $now }).
 }
owner-effect-calendar = { $open ->
    [0] No hay tareas abiertas.
   *[other] Con este calendario, de { $open ->
        [one] 1 tarea abierta
       *[other] { $open } tareas abiertas
     } { $then ->
        [one] estaría vencida 1
       *[other] estarían vencidas { $then }
     } (ahora, { $now }).
 }
owner-effect-soon = { $open ->
    [0] No hay tareas abiertas.
   *[other] De { $open ->
        [one] 1 tarea abierta
       *[other] { $open } tareas abiertas
     }, { $then ->
        [one] vencería pronto 1
       *[other] vencerían pronto { $then }
     } (ahora, { $now }).
 }
owner-effect-escalate-after = { $open ->
    [0] No hay tareas abiertas.
   *[other] De { $open ->
        [one] 1 tarea abierta
       *[other] { $open } tareas abiertas
     }, { $then ->
        [one] estaría escalada 1
       *[other] estarían escaladas { $then }
     } (ahora, { $now }).
 }
owner-effect-rule = { $document }: { $then ->
    [one] 1 caso en curso se revisará
   *[other] { $then } casos en curso se revisarán
 } con la regla nueva; { $open ->
    [one] 1 revisión abierta sigue
   *[other] { $open } revisiones abiertas siguen
 } con la anterior.
owner-effect-four-eyes = { $then ->
    [one] En 1
   *[other] En { $then }
 } de { $open ->
    [one] 1 validación abierta
   *[other] { $open } validaciones abiertas
 }, quien envió el documento tiene el rol de quien valida: a esa persona se refiere el cambio.
owner-later-only = Vale para el trabajo que se abra después de guardar; lo que está abierto conserva su plazo y su regla.
owner-left = No se podrá guardar: dejaría { $count ->
    [one] un caso en curso
   *[other] { $count } casos en curso
 } sin nadie que pueda decidir: { $cases }.
owner-unreadable = Hay un valor que no se entiende. Se indica junto a su campo al guardar.

owner-do-save = { $count ->
    [one] Guardar 1 cambio
   *[other] Guardar { $count } cambios
 }
owner-do-save-none = Guardar
owner-do-discard = Descartar
owner-done-save = Se guardó. Vale para el trabajo que se abra desde ahora.

owner-column-when = Cuándo
owner-column-who = Quién
owner-column-what = Qué
owner-column-before = Antes
owner-column-after = Después
owner-by-command = línea de comandos
owner-no-changes = Nadie ha cambiado nada: valen los valores iniciales.

# --- refusals
error-settings-changed = No se guardó: alguien cambió los plazos el { $at }, después de que usted abrió esta página. Lo que escribió sigue aquí; revise los valores nuevos y guarde otra vez.
error-settings-same = No se guardó: no hay nada distinto de lo que ya vale. Cambie un valor y guarde otra vez.
error-rule-leaves-undecided = No se guardó: dejaría { $count ->
    [one] un caso en curso
   *[other] { $count } casos en curso
 } sin nadie que pueda decidir: { $cases }. Elija otra regla o dé antes el rol a más personas.
error-working-time-malformed = Escriba un tiempo laboral, p. ej. «2 d 4 h» o «90 min».
error-working-time-range = Escriba un tiempo mayor que cero y de { $days } d como máximo.
error-quorum-range = El quórum va de 1 a { $limit }.
error-setting-unknown = No hay { $names }. Lo que hay: { $known }.
error-setting-malformed = «{ $setting }» no tiene la forma que necesita. Véala con `settings show`.
error-endpoint-system = Los sistemas son: { $systems }.
error-endpoint-malformed = La dirección de { $system } es http:// o https:// con un servidor, sin usuario ni fragmento; `private` es true o false.
error-calendar-country = Elija un país de la lista.
error-calendar-time-zone = Elija una zona horaria de la lista.
error-calendar-hours = Escriba tramos que no se crucen, p. ej. 08:00-12:00, 13:00-17:00.
error-calendar-weekdays = Elija al menos un día.
error-calendar-closed = «{ $date }» no es una fecha. Escriba una por línea, p. ej. 24/12/2026.
error-calendar-horizon = No se guardó: con ese calendario un plazo no se cumpliría en { $years } años. Amplíe los días o el horario.
owner-endpoints = Sistemas externos
