# Words for codes of the core that are not terms of the process.

flow-estandar = Estándar
flow-b2b = B2B

channel-operacion = Operación
channel-mesa-de-ayuda = Mesa de Ayuda

environment-test = test environment
environment-production = production environment

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

word-meets = Meets
word-fails = Does not meet
word-not-applicable = Not applicable

word-on-time = on time
word-soon = due soon
word-overdue = overdue
word-blocked = blocked

word-done = done
word-ordered = ordered
word-pending = pending
word-open = open

word-approved = approved
word-returned = returned
word-signed-off = closed by another role
word-withdrawn = withdrawn
word-decided = decided
word-handed-over = handed over to the other channel

word-all = all four roles approve
word-any = one role is enough
word-quorum = quorum
word-b2b = Gerente Comercial alone decides

word-national = National
word-international = International
word-send = sent
word-close = Cerrar Comercial
word-one-sign-off = another review role signed off
