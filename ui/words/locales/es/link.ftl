# The tab «Enlace» of a case, and what its record says of links.

tab-link = Enlace
link-says = Un enlace lleva, sin ingresar, a una página de solo lectura para el cliente: fase, rol que tiene el caso, desde cuándo y qué falta de su parte. No muestra nombres, documentos, hallazgos ni motivos.
link-told = Cópielo ahora y envíelo a quien corresponda: no se vuelve a mostrar. Quien tiene el enlace puede ver la página.
link-lasts = Vigencia
link-days = { $days } días
link-none = Este caso no tiene enlaces.
link-made = Creado por { $person } el { $at }
link-expires = vence el { $at }
link-seen = visto por última vez el { $at }
link-not-seen = todavía no se ha visto
link-is-open = vigente
link-is-expired = vencido
link-is-withdrawn = retirado
do-link = Crear enlace
do-withdraw-link = Retirar
done-link = El enlace está listo. Cópielo abajo, en «Enlace».
done-withdraw-link = El enlace se retiró: ya no lleva a ninguna parte.

told-link-made = Enlace de estado creado
told-link-withdrawn = Enlace de estado retirado

error-link-days = Un enlace dura de 1 a { $limit } días. Elija otra vigencia.
error-link-withdrawn = No se guardó: ese enlace no existe o ya se retiró. Vuelva a cargar la página.
