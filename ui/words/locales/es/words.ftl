# Labels of codes of the core that are not terms of the process.

flow-estandar = Estándar
flow-b2b = B2B

channel-operacion = Operación
channel-mesa-de-ayuda = Mesa de Ayuda

environment-test = ambiente de pruebas
environment-production = ambiente de producción

word-yes = Sí
word-no = No
word-approve = Aprobar
word-return = Devolver

word-meets = Cumple
word-fails = No cumple
word-not-applicable = No aplica

word-done = hecho
word-ordered = ordenado

word-approved = aprobado
word-returned = devuelto
word-signed-off = cerrado por otro rol

word-all = aprueban todos los roles que revisan
word-any = basta con un rol
word-quorum = quórum
word-b2b = decide solo Gerente Comercial

word-national = Nacional
word-international = Internacional
word-one-sign-off = firmó otro rol de revisión

# How somebody decided a work item.
how-yes = Sí
how-no = No
how-approve = aprobó
how-return = devolvió
how-send = envió
how-close = cerró
how-withdrawn = se retiró
word-send = enviada
word-close = Cerrar Comercial
word-taken-back = retirado
word-left = dejó el rol
