# The shell: title, menu, sign-in, account.

product = Aprobaciones de servicios
language = Idioma
sign-in = Ingresar
sign-in-intro = Solicitudes de servicio de clientes nuevos, de su recepción a su Cierre Comercial.
sign-in-login = Usuario
sign-in-password = Contraseña
sign-out = Salir
error-page = Esta página no se pudo mostrar. Lo que ya se había guardado sigue guardado. Vuelva a cargarla; si se repite, avise a quien administra el sistema. Código del fallo: { $code }
error-part = Esta parte no se puede mostrar ahora; lo demás de la página funciona. Código del fallo: { $code }
and-more = { $first } y { $count } más

menu-inbox = Mi bandeja
menu-cases = Casos
menu-analysis = Análisis
menu-people = Administración

page-inicio = Inicio
page-caso = Caso
page-nuevo = Abrir un caso
page-casos = Todos los casos
page-ambientes = Ambientes
page-embudo = Embudo
page-tiempos = Tiempos
page-en_curso = Trabajo en curso
page-cuellos = Cuellos de botella
page-pronostico = Pronóstico
page-y_si = ¿Y si…?
page-cuenta = Mi cuenta
page-personas = Personas

password-choose = Elija su contraseña
password-one-time = Ingresó con una contraseña de un solo uso. Elija ahora una propia para continuar.
password-old = Contraseña actual
password-new = Contraseña nueva
password-again = Repita la contraseña nueva
password-help = Al menos 10 caracteres. Una frase larga es más fácil de recordar.
password-change = Cambiar contraseña
password-changed = Su contraseña cambió. Sus otras sesiones terminaron.
account-roles = Sus roles
account-no-roles = Usted no tiene roles en el proceso.
account-password = Contraseña
product-version = Aprobaciones de servicios, versión { $version }
choose-file = Elegir archivo
page-first = Volver al principio
page-next = Siguientes { $n }
page-end = Fin de la lista.
to-start = Ir a mi bandeja

# --- responses of the server before any page ---
host-unknown = Esta aplicación no atiende con este nombre. Ábrala con la dirección que le dieron; quien la administra puede agregar el nombre (PUBLIC_URL o ALLOWED_HOSTS).
origin-foreign = Esta acción vino de otra página y no se hizo. Ábrala desde la aplicación.

# A field for a day.
day-form = DD/MM/AAAA
day-pick = { $field }: elegir en el calendario
day-earlier = Mes anterior
day-later = Mes siguiente
error-day-unreadable = «{ $text }» no se lee como una fecha entre 2000 y 2099. Escríbala como 26/11/2026.
error-day-missing = Falta la fecha. Escríbala como 26/11/2026 o elíjala en el calendario.
error-day-after = La fecha es posterior al { $last }. Escriba esa o una anterior.
