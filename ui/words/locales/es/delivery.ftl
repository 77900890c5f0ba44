# Por qué algo no se entregó: un aviso a una persona, o una petición a otro sistema.

undelivered-not-taken = el servidor no lo recibió después de varios intentos
undelivered-interrupted = el envío se interrumpió; puede que haya llegado
undelivered-address-malformed = la dirección no sirve
undelivered-address-private = la dirección es de una red privada
undelivered-no-endpoint = el sistema ya no tiene dirección en la configuración
undelivered-refused = el sistema la rechazó (HTTP { $status })
undelivered-unavailable = el sistema no está disponible (HTTP { $status })
undelivered-target-private = su dirección lleva a { $address }, de una red privada
undelivered-timed-out = el sistema no respondió a tiempo
undelivered-host-unknown = no se conoce el nombre de su dirección
undelivered-tls-failed = no fue posible una conexión segura ({ $error })
undelivered-connection-refused = nadie atiende en su dirección
undelivered-no-answer = el sistema no respondió ({ $error })
undelivered-as-recorded = { $text }
