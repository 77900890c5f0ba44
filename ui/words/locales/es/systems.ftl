# Other systems: the activities they carry out, and the refusals of their requests.

call-answered = confirmado por el otro sistema
call-pending = en espera del otro sistema
call-failed = el otro sistema no respondió
call-by-hand = Hágalo a mano y márquelo: así consta en la historia.
told-call-asked = Se pidió a otro sistema: { $activity }
told-call-asked-again = Se volvió a pedir a otro sistema: { $activity }
told-call-settled = Respuesta del otro sistema
told-call-status = HTTP { $status }
word-by-system = lo confirmó el otro sistema
word-by-hand = a mano: el otro sistema no respondió
word-answered = confirmado
word-failed = sin respuesta
failed-calls-title = Peticiones que otros sistemas no atendieron
failed-calls-intro = Quien tiene la tarea puede hacerla a mano. Si corrige la causa, pídala de nuevo: la tarea espera otra vez hasta que el sistema responda o falle.
do-ask-again = Pedir de nuevo
done-ask-again = { $activity } del caso { $case } vuelve a la cola de envío.
error-call-pending = Falta la respuesta del otro sistema: { $activities }. Espere unos minutos y vuelva a intentarlo; si falla, podrá marcarlo a mano.
error-call-settled = No se guardó: esa respuesta ya consta o ya no se espera. Vea la historia del caso.
error-call-not-failed = No se volvió a pedir: ya se pidió de nuevo, o alguien ya siguió con la tarea. Vea la historia del caso.
error-system-name-invalid = El nombre del sistema lleva de 2 a 30 caracteres: letras sin tilde, números y guion. Elija otro.
error-system-name-taken = Ya existe el sistema «{ $name }». Elija otro nombre.
error-system-unknown = No existe el sistema «{ $name }». Revise el nombre.
error-system-not-known = El sistema no está autorizado. Revise el token o pida uno nuevo a quien administra.
error-body-malformed = El cuerpo no es el JSON que se espera. Revise el tipo y el nombre de cada campo en /api.
error-body-too-large = El cuerpo es muy grande: el máximo es de { $limit } bytes. Envíe menos.
error-too-many-requests = Demasiadas solicitudes. Espere un minuto y vuelva a intentarlo.
