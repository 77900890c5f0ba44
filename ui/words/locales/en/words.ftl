# Labels of codes of the core that are not terms of the process.

flow-estandar = Estándar
flow-b2b = B2B

channel-operacion = Operación
channel-mesa-de-ayuda = Mesa de Ayuda

environment-test = test environment
environment-production = production environment

word-yes = Sí
word-no = No
word-approve = Approve
word-return = Return

word-meets = Meets
word-fails = Does not meet
word-not-applicable = Not applicable

word-done = done
word-ordered = ordered

word-approved = approved
word-returned = returned
word-signed-off = closed by another role

word-all = all reviewing roles approve
word-any = one role is enough
word-quorum = quorum
word-b2b = Gerente Comercial alone decides

word-national = National
word-international = International
word-one-sign-off = another review role signed off

# How somebody decided a work item.
how-yes = Sí
how-no = No
how-approve = approved
how-return = returned
how-send = sent
how-close = closed
how-withdrawn = was withdrawn
word-send = sent
word-close = Cerrar Comercial
word-taken-back = taken back
word-left = left the role
