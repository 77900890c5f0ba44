# Absences, substitutions, and the coverage calendar.

page-cobertura = Cobertura

standing-for = Por { $person }, hasta el { $last_day }
for-short = por { $person }

absence-title = Ausencias
absence-intro = Diga qué días no estará y quién decide por usted en cada rol. Lo que esa persona decida queda en la historia como suyo «por» usted.
absence-new = Registrar una ausencia
absence-first = Primer día
absence-last = Último día
absence-substitute = Decide como { $role }
absence-nobody = Nadie: quedan los demás del rol
absence-preview = Así quedarían sus roles en esos días laborales; al guardar se revisa además que cada caso en curso tenga quien lo decida:
absence-days = del { $first } al { $last }
absence-now = ausente
absence-planned = prevista
absence-no-substitute = sin sustituto
do-absence = Guardar ausencia
do-absence-end = Terminar hoy la ausencia
do-absence-withdraw = Retirar
done-absence = Quedó registrada la ausencia del { $first } al { $last }.
done-absence-end = La ausencia terminó; nadie decide ya en su lugar.

coverage-intro = Personas que pueden decidir en cada rol. ⇄: una de ellas sustituye a quien está ausente. Con 1, una ausencia más deja el rol sin nadie.
coverage-role = Rol
coverage-week = Semana del { $day }
coverage-nobody = nadie
coverage-who = Quién está
coverage-day = Nombres en el día
coverage-away = Ausencias
coverage-person = Registrar o retirar la ausencia de
coverage-person-hint = elija una persona
coverage-complete = Todos los roles tienen a alguien en cada día laboral.
coverage-gap = { $role }: { $count ->
    [one] un día laboral sin nadie, el { $first }.
   *[other] { $count } días laborales sin nadie, desde el { $first }.
 } Nombre a un sustituto o dé el rol a otra persona.

returned-title = { $count ->
    [0] Durante su ausencia nadie decidió en su nombre.
    [one] Durante su ausencia se tomó una decisión en su nombre.
   *[other] Durante su ausencia se tomaron { $count } decisiones en su nombre.
 }
returned-days = Del { $first } al { $last }.
returned-case = Caso
returned-client = Cliente
returned-work = Tarea
returned-how = Decisión
returned-by = Quién
returned-at = Cuándo
do-returned = Leído
done-returned = Quedó como leído. Cada decisión sigue en la historia de su caso.

notice-substitution-began = Usted decide por { $person } como { $roles } hasta el { $last }
notice-substitution-ended = Terminó su sustitución, que empezó el { $first }: { $count ->
    [0] nadie decidió en su nombre
    [one] una decisión en su nombre
   *[other] { $count } decisiones en su nombre
 }
choices-substitution-began = Empieza una sustitución mía
choices-substitution-ended = Termina mi ausencia

person-did-absence-set = Ausencia registrada: { $first } a { $last }.
person-did-absence-ended = Ausencia terminada o retirada.
person-did-substitution-ended = Terminó su sustitución como { $role }.

error-not-substituting = No se guardó: usted no sustituye hoy a { $person }. Vuelva a cargar la página y decida en su propio rol, o pida a esa persona que registre la ausencia.
error-substitution-role-needed = No se guardó: la persona a quien sustituye no le dejó el rol { $role }. Le corresponde a otra persona de ese rol.
error-leaves-undecided-later = No se guardó: desde el { $from_day } dejaría { $count ->
    [one] un caso en curso
   *[other] { $count } casos en curso
 } sin nadie que pueda decidir: { $cases }. Nombre a otra persona como sustituto, elija otros días o dé antes el rol a otra persona.
error-absence-of-another = No se guardó: es la ausencia de otra persona. La registra ella misma, Proceso o quien administra el sistema.
error-absence-unknown = No existe esa ausencia. Vuelva a cargar la página.
error-absence-over = No se hizo nada: esa ausencia ya terminó o se retiró. Vuelva a cargar la página.
error-absence-in-the-past = El primer día ya pasó. Elija hoy o un día posterior.
error-absence-ends-before = El último día es anterior al primero. Corrija uno de los dos.
error-absence-too-long = Son demasiados días: el máximo es de { $limit }.
error-absence-overlaps = Ya hay una ausencia del { $from_day } al { $last_day }. Retírela o elija otros días.
error-substitute-role-not-held = La persona que se ausenta no tiene el rol { $role }. Vuelva a cargar la página.
error-substitute-is-oneself = Quien se ausenta no se sustituye a sí mismo. Elija a otra persona.
error-substitute-takes-no-part = Esa persona no está activa o no tiene un rol del proceso. Elija a otra.
error-substitute-away = { $person } estará ausente del { $from_day } al { $last_day }. Elija a otra persona.
