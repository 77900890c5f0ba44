# Words for codes of the core that are not terms of the process.

flow-estandar = Estándar
flow-b2b = B2B

channel-operacion = Operación
channel-mesa-de-ayuda = Mesa de Ayuda

environment-test = ambiente de pruebas
environment-production = ambiente de producción

kind-validate = Validar
kind-produce = Generar y enviar
kind-review = Revisar
kind-correct = Corregir
kind-close = Cerrar Comercial
kind-sign-off = Cerrar Comercial

word-yes = Sí
word-no = No
word-approve = Aprobar
word-return = Devolver

word-meets = Cumple
word-fails = No cumple
word-not-applicable = No aplica

word-on-time = a tiempo
word-soon = vence pronto
word-overdue = vencida
word-blocked = bloqueada

word-done = hecho
word-ordered = ordenado
word-pending = pendiente
word-open = abierto

word-approved = aprobado
word-returned = devuelto
word-signed-off = cerrado por otro rol
word-withdrawn = retirada
word-decided = decidida
word-handed-over = trasladada al otro canal

word-all = aprueban los cuatro roles
word-any = basta con un rol
word-quorum = quórum
word-b2b = decide solo Gerente Comercial

word-national = Nacional
word-international = Internacional
word-send = enviada
word-close = Cerrar Comercial
word-one-sign-off = firmó otro rol de revisión
