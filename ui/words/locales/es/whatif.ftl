# The page ¿Y si…?: the simulated effect of one change.

whatif-title = ¿Qué pasaría si algo cambiara? Elija un cambio y simúlelo contra el proceso como está hoy.
whatif-few = Todavía no hay con qué simular: en las últimas { $weeks } semanas tienen que haber terminado al menos { $enough } visitas de cada fase en cada flujo. Amplíe la selección o espere a que terminen más casos.
whatif-kind = Qué cambia
whatif-kind-person = Una persona más en un rol
whatif-kind-deadlines = Otro plazo
whatif-kind-return = Una devolución menos
whatif-kind-arrivals = Llegan más casos, o menos
whatif-role = Rol
whatif-role-has = { $role } (hoy { $n })
whatif-deadlines-factor = Plazos
whatif-arrivals-factor = Casos que llegan
whatif-more = { $percent } % más
whatif-less = { $percent } % menos
whatif-run = Simular
whatif-stop = Detener
whatif-running = Simulando… Puede detenerlo: no se guarda nada a medias.
whatif-happened = Lo que pasó
whatif-baseline = Hoy, simulado
whatif-changed = Con el cambio
whatif-difference = Diferencia
whatif-throughput = Casos terminados por semana
whatif-p50 = Duración p50, días laborales
whatif-p85 = Duración p85, días laborales
whatif-wip = En curso (WIP)
whatif-overdue = Tareas terminadas con el plazo vencido
whatif-cell = { $middle } ({ $low } a { $high })
whatif-p85-finding = { $way ->
    [falls] El p85 de la duración baja de { $before } a { $after }
    [rises] El p85 de la duración sube de { $before } a { $after }
   *[same] El p85 de la duración no cambia más que por azar: de { $before } a { $after }
 } días laborales (intervalo { $low }–{ $high }).
whatif-overdue-finding = { $way ->
    [falls] Las tareas vencidas bajan de { $before } a { $after }
    [rises] Las tareas vencidas suben de { $before } a { $after }
   *[same] Las tareas vencidas no cambian más que por azar: de { $before } a { $after }
 } (intervalo { $low }–{ $high }).
whatif-deadlines-honest = Otro plazo cambia cuántas tareas se cuentan como vencidas, no la velocidad: la simulación no supone que alguien trabaje más rápido por eso.
whatif-axis-p85 = Duración p85, días laborales (8 h)
whatif-axis-overdue = Tareas terminadas con el plazo vencido, %
whatif-note = Mediana de { $replications } simulaciones de { $weeks } semanas; la barra contiene el 85 % de ellas. La diferencia compara simulaciones con el mismo azar.
whatif-trust-all = Hoy simulado se parece a lo que pasó: las { $total } cifras caen dentro de su intervalo.
whatif-trust = Hoy simulado acierta { $inside } de { $total } cifras de lo que pasó; no acierta: { $named }.
whatif-how =
    - **Llegadas:** casos de cada flujo, al azar, con la frecuencia de las últimas { $weeks } semanas.
    - **Cada fase:** se repite una visita terminada de esas semanas, elegida al azar, con sus devoluciones y su rechazo si lo tuvo.
    - **Personas:** cada rol tiene tantas como personas activas lo tienen hoy; quien tiene varios roles cuenta en cada uno.
    - **Servicio:** a lo sumo, el tiempo desde que la tarea se abrió y desde que la misma persona terminó la anterior; es una cota, porque no consta cuándo empezó. El resto es cola, que la simulación vuelve a formar, o demora.
    - **Reloj:** tiempo laboral del calendario de Plazos.
    - **Intervalo:** { $replications } simulaciones, tras 13 semanas para llenar la casa; nada se ajustó para que coincida con lo que pasó.
how-simulated = Visitas de fase que se repiten en la simulación
how-simulated-formula = Visitas de fase terminadas en las últimas semanas, tantas como se simulan
how-simulated-excluded = Visitas en curso y las que terminaron antes; los filtros de fase y de fecha de fin no reducen el pasado
