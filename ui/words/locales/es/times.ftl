# Tiempos: findings, charts, and how each figure is computed.

clock-label = Reloj
clock-chosen = El que se elige en la página: tiempo calendario o laboral
clock-told-calendar = Días calendario de 24 horas, con noches, fines de semana y festivos.
clock-told-working = Días laborales de 8 horas: solo cuentan las horas del calendario laboral en vigor.
days-calendar = { $days } días
days-working = { $days } días laborales

# --- findings
expectation = 85 de cada 100 casos terminan en { $days } o menos ({ $n } casos terminados).
expectation-few = Todavía no se puede decir en cuánto tiempo termina un caso: han terminado menos de { $n }.
scatter-few = Cada punto es un caso terminado: cuándo terminó y cuánto tardó.
scatter-finding = La mitad de los casos tarda { $half } o menos; 5 de cada 100, más de { $slow }: { $ratio } veces lo usual.
stays-few-most = Todavía no se puede decir qué fase es la más lenta: menos de { $n } casos han terminado cada una.
stays-finding-most = La Fase { $phase } es la más lenta: la mitad de los casos la termina en { $half } o menos, y 85 de cada 100 en { $most } o menos ({ $n } casos).
stays-finding-one = La mitad de los casos termina la Fase { $phase } en { $half } o menos, y 85 de cada 100 en { $most } o menos ({ $n } casos).
stays-few-one = Todavía no se puede decir cuánto tarda la Fase { $phase }: menos de { $n } casos la han terminado.
lanes-few = Todavía no se puede decir qué rol es el más lento: cada uno ha terminado menos de { $n } tareas.
lanes-finding = { $role } es el rol más lento: la mitad de sus tareas tarda { $half } o menos, y 85 de cada 100, { $most } o menos ({ $n } tareas).
waits-none = Todavía no hay tareas.
waits-finding-calendar = El { $share } del tiempo de las tareas es espera: nadie las tiene.
waits-finding-working = El { $share } del tiempo laboral de las tareas es espera: nadie las tiene.
causes-none = Ninguna tarea ha esperado.
causes-finding = La causa principal de la espera en horario laboral: { $cause } ({ $share }).
causes-finding-outside = El { $outside } de la espera cae fuera del horario laboral; la causa principal del resto: { $cause } ({ $share } del resto).

# --- charts
times-closed = Cerrado
times-rejected = Rechazado
times-axis-calendar = Días calendario (de 24 horas)
times-axis-working = Días laborales (de 8 horas)
times-box = la mitad central, con la mediana (p50)
times-p85 = 85 de cada 100 (p85)
times-n = · { $n }
times-nobody = nada terminado
waits-waiting = En espera
waits-held = Alguien la tiene
waits-share = { $share } en espera
waits-nothing = sin tareas
waits-axis-calendar = Días calendario de todas las tareas, sumados
waits-axis-working = Días laborales de todas las tareas, sumados
cause-said = { $share } · { $n ->
    [one] { $n } tarea
   *[other] { $n } tareas
 }
cause-prerequisite = Ambiente del cliente
cause-outside-hours = Fuera del horario laboral
cause-correction = Devuelta para corregir
cause-document = Falta el documento
cause-away = Personas ausentes
cause-overloaded = Rol sobrecargado
cause-nobody = Nadie asignado
scatter-note = Un punto por caso terminado; si son más de { $n }, un punto por grupo, más grande cuantos más casos tiene.
stays-note = De la entrada a la fase hasta la salida, con la espera por el ambiente del cliente; junto al nombre, cuántos la terminaron. Caja: de p25 a p75; líneas: hasta p5 y p95. │ p50, ◆ p85.
lanes-note = De que la tarea llega al rol hasta que la termina, sin las retiradas; junto al nombre, cuántas terminó. Caja: de p25 a p75; líneas: hasta p5 y p95. │ p50, ◆ p85.
waits-note = Una tarea espera mientras nadie la tiene. Que alguien la tenga no significa que trabaje en ella.
causes-note = Cada momento de espera tiene una sola causa, la primera que se cumple: ambiente del cliente, fuera del horario, corrección, documento, ausencia, sobrecarga ({ $load } o más tareas abiertas por persona al llegar), nadie asignado.

# --- the exact numbers
table-clock = Reloj
table-wait = Causa
table-p25 = p25
table-p75 = p75
table-items = Tareas
table-waited = Espera

# --- how each figure is computed
count-waited = Tareas que esperaron
count-never-waited = Nunca esperaron
count-never-held = Nadie las tuvo
count-waited-for = Tareas que esperaron por esta causa
how-cycle = Duración del caso
how-cycle-formula = Fin del caso − apertura; percentiles por interpolación lineal
how-cycle-excluded = Casos en curso
how-by-role = Tiempo por rol
how-by-role-formula = Fin de la tarea − llegada al rol; percentiles por interpolación lineal
how-by-role-excluded = Tareas retiradas y abiertas
how-waiting = En espera
how-waiting-formula = Tiempo en que nadie tiene la tarea, hasta que termina o hasta la fecha de los datos
how-waiting-excluded = Las tareas que alguien tuvo todo el tiempo
how-held = Alguien la tiene
how-held-formula = Tiempo entre que alguien toma la tarea y la termina o la devuelve
how-held-excluded = Las tareas que nadie tomó: también se puede decidir sin tomarla
how-cause-prerequisite = Espera: ambiente del cliente
how-cause-prerequisite-formula = Espera mientras a la fase le faltaba el ambiente del cliente
how-cause-prerequisite-excluded = Otras causas
how-cause-correction = Espera: devuelta para corregir
how-cause-correction-formula = Espera, dentro del horario, de las tareas de corregir un documento devuelto
how-cause-correction-excluded = El ambiente del cliente y lo que cae fuera del horario
how-cause-document = Espera: falta el documento
how-cause-document-formula = Espera, dentro del horario, de las tareas de elaborar un documento
how-cause-document-excluded = El ambiente del cliente y lo que cae fuera del horario
how-cause-away = Espera: personas ausentes
how-cause-away-formula = Espera, dentro del horario, de las demás tareas, mientras todas las personas activas del rol estaban ausentes y nadie las sustituía, según lo registrado en cada momento
how-cause-away-excluded = El ambiente del cliente y lo que cae fuera del horario
how-cause-overloaded = Espera: rol sobrecargado
how-cause-overloaded-formula = Espera, dentro del horario, de las demás tareas que llegaron a un rol con demasiadas abiertas por persona
how-cause-overloaded-excluded = El ambiente del cliente y lo que cae fuera del horario
how-cause-nobody = Espera: nadie asignado
how-cause-nobody-formula = Espera, dentro del horario, de las demás tareas
how-cause-nobody-excluded = Las otras causas
table-role = Rol
table-waiting = En espera
table-held = Alguien la tiene
count-done = Tareas terminadas
count-open = Abiertas
count-withdrawn = Retiradas
count-held = Tareas que alguien tuvo
