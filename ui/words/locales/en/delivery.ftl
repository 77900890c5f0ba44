# Delivery failures of notices and of requests to other systems.

undelivered-not-taken = the server did not accept it after several attempts
undelivered-interrupted = sending was interrupted; it may have arrived
undelivered-address-malformed = the address cannot be used
undelivered-address-private = the address is on a private network
undelivered-no-endpoint = the system has no address in the settings any more
undelivered-refused = the system refused it (HTTP { $status })
undelivered-unavailable = the system is not available (HTTP { $status })
undelivered-target-private = its address leads to { $address }, on a private network
undelivered-timed-out = the system did not answer in time
undelivered-host-unknown = the name in its address is not known
undelivered-tls-failed = a secure connection was not possible ({ $error })
undelivered-connection-refused = nothing listens at its address
undelivered-no-answer = the system gave no answer ({ $error })
undelivered-as-recorded = { $text }
