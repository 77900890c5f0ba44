# The case page: head, work, consequences, tabs.

opened-by = abierto por { $person } el { $at }
ended = El caso terminó el { $at }: { $outcome }.
returns-so-far = { $count ->
    [one] Una devolución
   *[other] { $count } devoluciones
 } en { $phase }.
nothing-for-you = Ninguna tarea de este caso le corresponde ahora. El caso llegó a esta fase { $when }.
can-decide = Puede hacerlo: { $people }.
nobody-can = Nadie puede hacerlo hoy: falta otra persona con el rol { $role }. Pida a quien administra el sistema que la nombre.
blocked-until = Falta el { $environment } del cliente. No se puede responder Sí hasta que Proceso o Responsable Implementación B2B lo registre; No sigue siendo posible.
review-version = En revisión: { $document } v{ $version }.
rule-all = Deben aprobar todos los roles que revisan.
rule-any = Basta la aprobación de un rol.
rule-quorum = Deben aprobar { $needed } de los roles que revisan.
rule-b2b = Decide solo Gerente Comercial.
approved-by = Ya aprobó: { $roles }.
approved-by-nobody = Nadie ha aprobado todavía.

if-yes = Si responde Sí
if-no = Si responde No
if-approve = Si aprueba
if-return = Si devuelve
if-send = Al enviar
if-close = Al cerrar
then-rejected = Termina el proceso, no se puede continuar: { $outcome }.
then-closed = El caso queda cerrado: { $outcome }.
then-approvals = { $count ->
    [one] Faltará una aprobación
   *[other] Faltarán { $count } aprobaciones
 }: { $roles }.
then-opens = { $phase }: { $work } ({ $roles }), vence { $due }.
then-blocked = No se puede todavía: falta el ambiente del cliente.
now-ended = El caso terminó: { $outcome }.
now-approvals = Todavía deben decidir: { $roles }.

do-yes = Sí, continuar
do-no = No, rechazar la solicitud
do-approve = Aprobar
do-return = Devolver
do-send = Enviar { $document }
do-comment = Comentar
do-register = Registrar ambiente
do-hand-over = Trasladar a { $role }
done-yes = Respondió Sí: { $work }.
done-no = Respondió No: { $work }.
done-approve = Aprobó { $document }.
done-return = Devolvió { $document }.
done-send = Envió { $document }.
done-close = Cerrar Comercial: hecho.
done-attach = Se adjuntó { $name }.
done-comment = Su comentario está en la historia.
done-register = Se registró el { $environment }. { $count ->
    [0] El cliente no tiene casos en curso.
    [one] Consta en su caso en curso.
   *[other] Consta en sus { $count } casos en curso.
 }
done-hand-over = El caso pasa a { $role } desde la siguiente tarea.

checklist = Actividades por confirmar
checklist-national = No aplica (cliente nacional): { $activity }
reason = Motivo
reason-no = Motivo (obligatorio si responde No)
reason-return = Motivo (obligatorio si devuelve sin marcar «No cumple»)
criteria = Criterios de revisión del cliente
criterion = Criterio
expected = Valor esperado
comment = Comentario
answer = Respuesta al hallazgo
found-by = { $person }, { $role }
finding-before = Hallazgo anterior { $number }:
close-asks = Cierra el carril que llevó el caso. Después firma cualquiera de los roles de revisión.
sign-off-asks = El carril que llevó el caso ya cerró. Con su firma el caso termina; basta un rol de revisión.

no-file = { $document }: no se adjuntó archivo.
attach = Adjunte { $document }: PDF, DOCX, XLSX, PNG o JPG, hasta 20 MB
attach-next = Adjunte otra versión de { $document }: PDF, DOCX, XLSX, PNG o JPG, hasta 20 MB
attach-help = Cada archivo queda como una versión; ninguna se pierde.
draft = ⬇ Borrador de { $document } con los datos del caso (.docx)
no-documents = Todavía no hay documentos.

case-tabs = Secciones del caso
tab-history = Historia
tab-documents = Documentos
tab-client = Cliente y ambientes
tab-coordination = Coordinación

contact = Contacto
environments = Ambientes del cliente
environment = Ambiente
environment-missing = falta el { $environment }
until = hasta { $at }
no-expiry = sin vencimiento
expired = vencido
registered-by = { $person }, { $at }
who-registers = Los registran Proceso y Responsable Implementación B2B.
register-environment = Registrar un ambiente
evidence = Evidencia
evidence-hint = dónde consta: dirección, acta, correo, ticket
expires = Vence (opcional)
hand-over = Trasladar al otro canal
hand-over-then = La tarea que ya está abierta la termina quien la tiene. Desde la siguiente, el caso lo lleva { $role }.
hand-over-ended = El caso terminó: ya no hay nada que coordinar.
comment-case = Comentario para la historia del caso

history-whole = Mostrar también mensajes, tareas abiertas y lo que no aplica
history-when = Cuándo
history-phase = Fase
history-role = Rol
history-what = Qué
history-result = Resultado
history-who = Quién
history-why = Por qué
the-system = Sistema
x-for-y = { $person } por { $other }
service-for = Servicio, por { $person }

told-opened = Caso abierto
told-phase = Entra a { $phase }
told-item = Tarea abierta: { $work }
told-due = vence { $at }
told-withdrawn = Tarea retirada
told-due-moved = El plazo empieza de nuevo: el ambiente ya está
told-verdict = Decisión
told-attached = { $document } v{ $version } adjunto
told-sent = Enviado: { $document }
told-reviewed = Veredicto sobre { $document } v{ $version }
told-approved = { $document } v{ $version } aprobado
told-draft = Borrador preparado: { $document }
told-environment = Registro del { $environment }
told-handed = Traslado a { $role }
told-comment = Comentario
told-lane-closed = Carril cerrado
all-met = Todos cumplen
next-pending = Siguiente pendiente: { $code } →
list-position = { $number } de { $count }
list-end = No hay más pendientes después de este en su lista.
show-file = Leer aquí
