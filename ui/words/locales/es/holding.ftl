# Claims on work items, and recalling a decision.

held-by-you = usted
held-since = La tiene { $person } desde el { $at }.
do-take = Tomar
do-give-back = Devolver a la bandeja
do-assign = Asignar a…
assign-to = Persona
assign-now = Asignar
done-take = Tomó la tarea: { $work }. Los demás ven que la tiene usted.
done-give-back = La tarea volvió a la bandeja: { $work }.
done-assign = La tarea pasó a { $person }: { $work }.

inbox-held = Quién la tiene
inbox-mine = Mías
inbox-nobody = De nadie
coming = Próximamente: { $count ->
    [one] 1 caso
   *[other] { $count } casos
 }
coming-from = { $count ->
    [one] **1** caso está en { $work }
   *[other] **{ $count }** casos están en { $work }
 }: { $roles }
coming-see = Ver los casos

told-taken = Tarea tomada
told-given-back = Tarea devuelta a la bandeja
told-assigned = Tarea asignada a
told-taken-back = Decisión retirada: { $work }

take-back-offer = Retirar su decisión · { $work }: { $choice }
take-back-until = Es posible hasta que alguien empiece lo que sigue. Su decisión y su retiro quedan en la historia.
then-open-again = Se abre otra vez en { $phase }: { $work }, vence { $due }.
then-withdrawn = Se retira: { $work }.
do-take-back = Retirar la decisión
done-take-back = Retiró su decisión: { $work }.

error-held-by-other = No puede decidir esta tarea: la tiene { $person } desde el { $at }. Espere a que la devuelva a la bandeja o pida a Proceso que la reasigne.
error-held-already = Usted ya tiene esta tarea. Puede decidirla o devolverla a la bandeja.
error-held-by-nobody = No hay nada que devolver: nadie tiene esta tarea, ya está en la bandeja.
error-held-otherwise = No se guardó: la tarea cambió de manos después de que usted abrió la página. Vea quién la tiene ahora y vuelva a intentarlo.
error-holder-or-proceso-needed = No puede pasar esta tarea a otra persona ni devolverla: solo quien la tiene o Proceso. Pídalo a Proceso.
error-assignee-holds-already = Esa persona ya tiene la tarea. Elija otra.
error-assignee-role-needed = Esa persona no tiene hoy el rol { $role }. Elija a alguien que lo tenga.
error-assignee-sent-it = Esa persona envió { $document } versión { $version } y no puede decidir sobre ella. Elija otra.
error-take-back-too-late = No se retiró la decisión: { $own ->
    [true] usted ya siguió
   *[other] { $person } ya empezó lo que sigue
 } el { $at }. Vea la historia del caso; si hace falta, pida a Proceso que coordine la corrección.
error-decision-of-another = No puede retirar esa decisión: la tomó otra persona. Pídalo a quien decidió.
error-decision-was-taken-back = No se guardó: { $own ->
    [true] usted retiró
   *[other] { $person } retiró
 } la decisión sobre esta tarea el { $at } y la tarea se abrió de nuevo. Vuelva a cargar la página.
error-item-withdrawn-taken-back = No se guardó: la decisión anterior se retiró el { $at } y esta tarea ya no está pendiente. Vea la historia del caso.
