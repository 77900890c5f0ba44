# Notices: their text in the app and in e-mails; the page Avisos; each person's preferences.

page-avisos = Avisos

notice-work = Nueva tarea para { $role }: { $work }, vence { $due }
notice-returned = Devuelto: { $work }, vence { $due }
notice-mentioned = Le escribieron en un comentario
notice-due-soon = Por vencer: { $work }, vence { $due }
notice-overdue = Vencida: { $work }, venció { $due }
notice-escalated = Atraso que requiere a Proceso: { $work } ({ $role }), venció { $due }
notice-ended = El caso terminó: { $outcome }

letter-digest = { $count ->
    [one] Un aviso de sus casos
   *[other] { $count } avisos de sus casos
 }
letter-digest-intro = Lo que pasó en sus casos desde el resumen anterior:
letter-why = Usted recibe este mensaje porque así lo eligió en «Mi cuenta». No se decide nada desde el enlace: primero se ingresa.

notices-which = Avisos que se muestran
notices-unread = Sin leer
notices-all = Todos
notices-none = No tiene avisos sin leer.
notices-none-administrator = No tiene avisos. Aquí verá los que no llegaron a alguien y lo que otro sistema no cumplió.
notices-none-all = Todavía no tiene avisos. Aquí verá tareas nuevas, vencimientos, devoluciones y comentarios para usted.
do-read = Marcar leído
do-read-all = Marcar todos como leídos
done-read-all = { $count ->
    [0] No había avisos sin leer.
    [one] Un aviso quedó como leído.
   *[other] { $count } avisos quedaron como leídos.
 }

dead-title = Avisos que no se pudieron entregar
dead-intro = Están en la aplicación de cada persona, pero el mensaje no salió. Corrija la causa y reinténtelo, o descártelo.
dead-when = para { $person } · { $when } · { $error }
do-revive = Reintentar
do-dismiss = Descartar
done-revive = El aviso para { $person } vuelve a la cola de envío.
done-dismiss = El aviso para { $person } se descartó; sigue en su aplicación.

choices-title = Cómo quiere enterarse
choices-intro = Todo aviso está en «Avisos». Además puede llegarle un mensaje.
choices-app = Solo en la aplicación
choices-at-once = Al momento
choices-digest = Resumen diario
choices-work = Tarea nueva de mi rol
choices-returned = Documento devuelto
choices-mentioned = Comentario para mí
choices-due-soon = Tarea por vencer
choices-overdue = Tarea vencida
choices-escalated = Atraso que requiere a Proceso
choices-ended = Fin de un caso en que actué
choices-address = Dirección
choices-address-none = sin correo registrado
choices-address-help = Un correo, o la dirección de un chat como la escribe Apprise: slack://…, discord://…, tgram://…, mmosts://… Vacía: el correo que tiene registrado.
do-choices = Guardar avisos
done-choices = Se guardó cómo quiere enterarse.

error-comment-unknown = No se guardó: ese comentario no está en la historia de este caso. Vuelva a cargar la página.
error-comment-of-another = No se guardó: el comentario es de otra persona, y solo quien lo escribió lo corrige. Escriba uno nuevo.
error-comment-settled = No se guardó: pasaron más de { $minutes } minutos y el comentario ya no se corrige. Escriba uno nuevo.
error-address-scheme = La dirección debe ser un correo o empezar por uno de estos: { $schemes }.
error-address-malformed = La dirección del chat lleva solo letras, cifras y signos sin espacios, y nada después de «?». Revísela.

mention = Mencionar a
mention-help = Escriba @usuario en el texto o elija aquí a quién mencionar: recibirá un aviso.
edit-comment = Corregir su comentario (hasta { $until })
do-edit-comment = Guardar corrección
done-edit-comment = Su comentario quedó corregido; lo que decía antes sigue en la historia completa.
told-comment-edited = Comentario corregido
comment-edited = { $text } (corregido)
mention-whom = Elija a una o más personas
