# Opening a case.

channel = Canal
channel-is = Canal: { $role }
flow = Flujo
flow-help = B2B: aprueba solo Gerente Comercial. Estándar: aprueban los roles de revisión. No se puede cambiar después.
scope = Tipo de cliente
service = Servicio solicitado
service-hint = qué servicio, para qué, desde cuándo
client = Cliente
client-new = Nuevo
client-known = Ya registrado
client-name = Nombre del cliente
client-choose = Cliente registrado
client-number = n.º { $number }
client-choose-hint = escriba para buscar
contact-name = Nombre
contact-email = Correo
contact-phone = Teléfono
criteria-help = Según el cliente: precio, plazo, servicio, SLA u otros. Cada revisión responderá todos los que tengan un valor esperado.
add-criterion = + Agregar criterio
do-open = Abrir el caso
done-open = Se abrió { $code }.
