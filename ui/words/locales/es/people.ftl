# People, for the administrator.

person-disabled = desactivada
person-no-roles = sin roles
person-locked = bloqueada hasta { $at }
person-roles = Roles
person-name = Nombre completo
new-person = Nueva persona
one-time-told = Contraseña de un solo uso para **{ $login }**. Entréguela ahora: no se vuelve a mostrar.
do-roles = Guardar roles
do-reset = Dar contraseña de un solo uso
do-disable = Desactivar
do-enable = Activar
do-create = Crear persona
done-roles = Los roles de { $person } cambiaron; sus sesiones terminaron.
done-reset = { $person } tiene una contraseña de un solo uso; sus sesiones terminaron.
done-disable = { $person } ya no puede ingresar; sus sesiones terminaron.
done-enable = { $person } puede ingresar de nuevo.
done-create = { $person } ya puede ingresar.

people-search = Buscar
people-search-hint = nombre, usuario o correo
people-role = Rol
people-state = Estado
people-active = Activas
people-disabled = Desactivadas
people-locked = Bloqueadas
people-no-roles = Sin roles
people-never-in = Nunca ingresaron
people-none = Nadie coincide con la búsqueda y los filtros. Quite alguno para ver a las demás personas.
people-found = { $count ->
    [one] 1 persona
   *[other] { $count } personas
 }
person-last-in = Último ingreso: { $when }
person-never-in = Todavía no ha ingresado.
person-record = Registro de esta persona (las últimas { $count } entradas)
person-when = Cuándo
person-who = Quién
person-what = Qué
person-by-system = sistema
do-describe = Guardar datos
do-end-sessions = Terminar sesiones
do-unlock = Desbloquear
done-describe = Los datos de { $person } cambiaron.
done-end-sessions = { $count ->
    [one] La sesión de { $person } terminó.
   *[other] Las { $count } sesiones de { $person } terminaron.
 }
done-unlock = { $person } puede intentar ingresar de nuevo.

person-did-created = Usuario { $login } creado. Roles: { $roles }.
person-did-roles-set = Roles cambiados. Antes: { $before }. Después: { $after }.
person-did-disabled = Desactivada; sus sesiones terminaron.
person-did-enabled = Activada.
person-did-password-reset = Contraseña de un solo uso; sus sesiones terminaron.
person-did-password-changed = Contraseña cambiada.
person-did-language-set = Idioma: { $chosen }.
person-did-locked = Bloqueada hasta { $at } por intentos fallidos.
person-did-unlocked = Desbloqueada.
person-did-signed-in = Ingresó.
person-did-sessions-ended = Sesiones terminadas: { $count }.
person-did-other = Otro cambio.
person-did-name = Nombre: «{ $before }» → «{ $after }».
person-did-email = Correo: { $before } → { $after }.

error-no-sessions = No se hizo nada: esa persona no tiene sesiones abiertas. Vuelva a cargar la página.
error-not-locked = No se hizo nada: esa persona no está bloqueada. Vuelva a cargar la página.
error-person-same = No se guardó: el nombre y el correo son los que ya tiene. Cambie alguno y guarde otra vez.
person-did-notices-chosen = Eligió cómo recibir sus avisos.
person-did-system-created = Se creó el acceso de otro sistema.
person-did-system-ended = Terminó el acceso de otro sistema.

do-give-analysis = Dar acceso al análisis
do-take-analysis = Quitar acceso al análisis
analysis-right = El rol Proceso ve las páginas de Análisis sin este permiso.
done-give-analysis = { $person } puede ver ahora las páginas de Análisis.
done-take-analysis = { $person } ya no puede ver las páginas de Análisis.
person-did-right-given = Recibió acceso al análisis.
person-did-right-taken = Se le quitó el acceso al análisis.
error-right-needed = Esta página es para Proceso y para quien tenga acceso al análisis. Si lo necesita, pídalo a quien administra el sistema.
error-right-same = No cambió nada: el acceso ya está como usted lo pide. Vuelva a cargar la página.
