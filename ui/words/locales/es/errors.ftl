# What happened, why, and what to do. The id is error- and the code with - for _.

error-unknown = No se pudo hacer lo que pidió y no se guardó nada. Vuelva a cargar la página; si se repite, avise a quien administra el sistema e indique «{ $code }».
error-invalid = No se guardó: hay campos por completar o corregir. Revise los que están marcados.
error-database-busy = No se guardó: el sistema estuvo ocupado más de { $seconds } segundos. Espere un momento y vuelva a intentarlo; lo que escribió sigue aquí.

error-not-stored = No se pudo guardar: la base de datos no lo recibió (disco lleno o fuera de servicio). Lo que escribió sigue aquí. Vea la historia del caso y vuelva a intentarlo; si se repite, avise a quien administra el sistema.

# --- signing in and people
error-sign-in-failed = No se pudo ingresar: el usuario o la contraseña no coinciden. Revíselos y vuelva a intentarlo; si olvidó su contraseña, pida una nueva a quien administra el sistema.
error-locked = No se pudo ingresar: hubo demasiados intentos fallidos. { $minutes ->
    [one] Espere un minuto
   *[other] Espere { $minutes } minutos
 } y vuelva a intentarlo.
error-session-ended = Su sesión terminó. Ingrese de nuevo para continuar.
error-person-unknown = No existe la persona «{ $login }». Revise el usuario.
error-login-invalid = El usuario lleva de 2 a 40 caracteres: letras sin tilde, números, punto, guion o guion bajo.
error-login-taken = Ya existe el usuario «{ $login }». Elija otro.
error-name-missing = Escriba el nombre.
error-text-too-long = El texto es muy largo: el máximo es de { $limit } caracteres.
error-password-wrong = La contraseña actual no es correcta.
error-password-too-short = Use al menos { $limit } caracteres.
error-password-is-login = La contraseña no puede ser su usuario.
error-password-same = La contraseña nueva es igual a la actual. Elija otra.
error-password-differs = Las dos contraseñas nuevas no son iguales.

# --- who may
error-role-needed = No puede hacerlo con sus roles: le corresponde a { $role }.
error-page-role-needed = Esta página es para { $roles }. Usted no tiene ese rol; si lo necesita, pídalo a quien administra el sistema.
error-b2b-sole-approver = No puede decidir: en el flujo B2B solo decide { $role }.
error-four-eyes = No puede decidir sobre { $document } versión { $version }: usted la envió. Debe decidir otra persona.
error-four-eyes-on-validation = No puede validar { $document } versión { $version }: usted la envió. Debe validarla otra persona.
error-channel-role-needed = No puede abrir casos en este canal: le corresponde a { $role }. Elija el canal de su rol.
error-intake-role-needed = No puede abrir casos: le corresponde a { $role }.
error-environment-role-needed = No puede registrar ambientes: le corresponde a Proceso o a Responsable Implementación B2B.

# --- the case has moved on
error-item-not-open = No se guardó: esta tarea ya no está pendiente, alguien la resolvió o se retiró. Vea la historia del caso.
error-item-changed = No se guardó: la tarea cambió mientras usted la veía. Revise lo nuevo y decida otra vez.
error-case-ended = No se guardó: el caso terminó ({ $outcome }) el { $at } y ya no recibe decisiones.
error-environment-missing = No se puede continuar: falta registrar el { $environment } del cliente. Pida a Proceso o a Responsable Implementación B2B que lo registre.
error-case-unknown = No existe ese caso. Revise el código o búsquelo en «Todos los casos».
error-file-unknown = No se encontró el archivo. Vuelva a cargar la página.
error-file-altered = El archivo guardado ya no es el que nombra el registro: no se entrega. Avise a quien administra el sistema.
error-document-unknown = Ese documento no está en el registro del caso. Ábralo desde la página del caso.
error-session-needed = Para abrir un documento, ingrese primero y vuelva a pedirlo.
error-reader-role-needed = Los documentos los lee quien tiene uno de los roles del proceso. Si lo necesita, pídalo a quien administra el sistema.
error-password-change-needed = Cambie primero su contraseña de un solo uso; después podrá abrir documentos.
error-template-not-kept = Este borrador se preparó con la plantilla { $template } de { $document }, que ya no se conserva: no se ofrece otra en su lugar. Parta del documento anterior, o pida la plantilla a quien administra el sistema.

# --- field by field
error-verdict-unknown = Elija una de las opciones.
error-reason-missing = Escriba el motivo.
error-checklist-open = Falta marcar: { $activities }.
error-document-missing = Adjunte { $document } antes de enviar.
error-new-version-missing = Adjunte una versión nueva de { $document }: la versión { $version } es la que se devolvió.
error-answer-missing = Responda este hallazgo.
error-criterion-unanswered = Responda el criterio { $criterion }.
error-approve-with-failed = No se puede aprobar con criterios que no se cumplen: { $criteria }. Devuelva el documento o corrija su respuesta.
error-finding-missing = Para devolver, marque al menos un criterio como «No cumple» o escriba el motivo.
error-channel-same = El caso ya está en ese canal. Elija el otro.
error-evidence-missing = Escriba la evidencia: dónde consta el ambiente.
error-expiry-in-the-past = La fecha de vencimiento ya pasó.
error-service-missing = Describa el servicio solicitado.
error-criteria-missing = Agregue al menos un criterio de revisión.
error-criterion-name-missing = Escriba el nombre del criterio.
error-criterion-expected-missing = Escriba el valor esperado.
error-criterion-twice = El criterio { $criterion } está repetido.

# --- somebody was faster
error-already-decided = No se guardó: { $own ->
    [true] usted ya decidió esta tarea
   *[other] { $person } ya decidió esta tarea
 } ({ $how }) el { $at }.{ $reason ->
    [none] {""}
   *[other] {" "}Motivo: { $reason }.
 } Vea la historia del caso.
error-item-withdrawn-returned = No se guardó: otro rol devolvió el documento el { $at } y esta revisión se retiró. Vea la historia del caso.
error-item-withdrawn-approved = No se guardó: el documento ya quedó aprobado el { $at } y esta revisión ya no hace falta. Vea la historia del caso.
error-item-withdrawn-signed-off = No se guardó: otro rol de revisión ya cerró el caso el { $at }. Vea la historia del caso.
error-file-attached-meanwhile = No se guardó: { $own ->
    [true] usted adjuntó
   *[other] { $person } adjuntó
 } otra versión el { $at }, después de que usted abrió esta página. Revise la versión nueva y decida otra vez.
error-case-changed = No se guardó: el caso cambió al mismo tiempo. Vea la historia y vuelva a intentarlo.
error-other-case = No se guardó: ese botón era del caso { $case }, y la dirección es ahora de otra página. Lo que escribió se conserva: vuelva a { $case } para hacerlo.

# --- who and what is unknown
error-person-not-active = Su usuario ya no está activo. Pida a quien administra el sistema que lo active.
error-leaves-undecided = No se guardó: dejaría { $count ->
    [one] un caso en curso
   *[other] { $count } casos en curso
 } sin nadie que pueda decidir: { $cases }. Dé antes el rol a otra persona.
error-last-administrator = No se guardó: es la única persona que administra el sistema. Dé antes ese rol a otra.
error-process-role-needed = No puede hacerlo: hace falta un rol del proceso. Pídalo a quien administra el sistema.
error-request-of-another = No se guardó: esa solicitud ya la abrió otra persona.
error-request-key-missing = No se guardó: vuelva a cargar la página y ábralo de nuevo.
error-template-unknown = No hay plantilla para { $document }. Avise a quien administra el sistema.
error-client-unknown = Elija un cliente de la lista.
error-criterion-unknown = El criterio { $criterion } no es de este caso. Vuelva a cargar la página.
error-comment-missing = Escriba el comentario.

# --- opening and files
error-choice-missing = Elija una opción.
error-client-name-missing = Escriba el nombre del cliente.
error-client-exists = Ya hay un cliente «{ $client }». Elíjalo en «Ya registrado».
error-contact-name-missing = Escriba el nombre del contacto.
error-contact-address-missing = Escriba un correo o un teléfono.
error-email-malformed = «{ $email }» no parece un correo. Revíselo.
error-phone-malformed = «{ $phone }» no parece un teléfono: lleva de 6 a 15 cifras.
error-criteria-too-many = Son demasiados criterios: el máximo es de { $limit }.
error-text-unreadable = El texto tiene signos que no se pueden guardar. Escríbalo de nuevo.
error-file-empty = El archivo está vacío. Elija otro.
error-file-too-large = El archivo es muy grande: el máximo es de 20 MB.
error-file-type = No se puede adjuntar ese archivo: por su contenido no es de estos formatos: { $types }. Guárdelo en uno de ellos.

# --- several at once
error-together-nothing = No se guardó: no eligió ningún caso. Marque al menos uno.
error-together-too-many = No se guardó: eligió demasiados casos. Elija hasta { $limit } a la vez.

# --- at the terminal only
error-demo-not-empty = No se llenó: la base de datos ya tiene { $people ->
    [one] una persona
   *[other] { $people } personas
 }, y la demostración nunca se mezcla con trabajo real. Indique una base de datos vacía en DATABASE_URL.
