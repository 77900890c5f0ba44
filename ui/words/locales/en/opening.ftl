# Opening a case.

channel = Channel
channel-is = Channel: { $role }
flow = Flow
flow-help = B2B: Gerente Comercial alone approves. Estándar: the review roles approve. It cannot be changed later.
scope = Kind of client
service = Requested service
service-hint = which service, what for, from when
client = Client
client-new = New
client-known = Known
client-name = Name of the client
client-choose = Known client
client-number = no. { $number }
client-choose-hint = type to search
contact-name = Name
contact-email = E-mail
contact-phone = Phone
criteria-help = By client: price, deadline, service, SLA or others. Every review will answer all those that have an expected value.
add-criterion = + Add a criterion
do-open = Open the case
done-open = { $code } is open.
