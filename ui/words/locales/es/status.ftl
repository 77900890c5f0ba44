# The page of a status link, for clients: plain language, nothing internal.

status-title = Estado de su solicitud
status-phase = Fase { $number } de { $last }: { $name }
status-who = La tiene ahora
status-since = Desde
status-moment = { $at } ({ $ago })
status-from-you = Qué necesitamos de usted
status-nothing = Por ahora, nada. Le avisaremos por el medio acordado.
status-needed = Su { $environment }. La solicitud espera hasta que esté disponible: avise a la persona con quien trata.
status-later = Más adelante hará falta su { $environment }. Puede ir preparándolo.
status-phases = Las fases
status-done = terminada
status-current = en curso
status-ahead = pendiente
status-stopped = terminó aquí
status-closed = Su solicitud terminó
status-closed-says = Todas las fases están completas desde el { $at }. No necesitamos nada más de usted.
status-rejected = Su solicitud no continúa
status-rejected-says = El proceso terminó el { $at }. Si tiene preguntas, escriba a la persona con quien trata.
status-foot = Página de solo lectura, actualizada el { $at }. Este enlace vence el { $expires }.
status-none = Este enlace no está disponible
status-none-says = Puede haber vencido o haber sido retirado. Pida uno nuevo a la persona que se lo envió.
status-busy = Demasiadas consultas
status-busy-says = Espere un minuto y vuelva a cargar la página.
