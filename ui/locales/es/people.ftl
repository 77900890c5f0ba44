# People, for the administrator.

person-disabled = desactivada
person-no-roles = sin roles
person-locked = bloqueada hasta { $at }
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
