# The page Pronóstico: forecasts of the open cases, and how often past ones held.

forecast-closes = Hasta el { $date } se esperan { $half ->
    [one] { $half } cierre o más
   *[other] { $half } cierres o más
 } con 50 % de probabilidad, y { $most } o más con 85 %.
forecast-no-closes = Todavía no se puede decir cuántos casos van a cerrar: hay muy pocas visitas terminadas de alguna fase.
forecast-closes-axis = Casos abiertos hoy que ya habrán cerrado
forecast-p50 = Al menos tantos, con 50 %
forecast-p85 = Al menos tantos, con 85 %
forecast-backtest = { $months ->
    [one] De las afirmaciones al 85 % del único mes con datos
   *[other] De las afirmaciones al 85 % de los últimos { $months } meses con datos
 } se cumplió el { $share } ({ $held } de { $n }).
forecast-no-backtest = Todavía no hay afirmaciones al 85 % cuya fecha haya llegado: no se puede decir si el pronóstico acierta.
forecast-backtest-axis = Afirmaciones al 85 % que se cumplieron

# --- the title and the open cases
forecast-main = { $late ->
    [0] Ninguno de los { $n } casos abiertos con pronóstico va camino
    [one] { $late } de { $n } casos abiertos con pronóstico va camino
   *[other] { $late } de { $n } casos abiertos con pronóstico van camino
 } de tardar más de { $days } días, el plazo en que terminaron 85 de cada 100.
forecast-main-unlike = { $n ->
    [one] Otro lleva en su fase un tiempo
   *[other] Otros { $n } llevan en su fase un tiempo
 } del que hay muy pocos precedentes.
forecast-main-few = Todavía no se puede decir qué casos van tarde: han terminado { $n }, y hacen falta { $enough }.
forecast-main-no-dates = Todavía no hay fechas para los { $n } casos abiertos: de alguna de las fases que les faltan se han terminado menos de { $enough } visitas.
forecast-nothing-open = Ningún caso sigue abierto: no hay nada que pronosticar.
forecast-cases = { $n ->
    [one] Un caso abierto
   *[other] Los { $n } casos abiertos, de mayor a menor riesgo
 }
forecast-col-code = Caso
forecast-col-client = Cliente
forecast-col-phase = Fase
forecast-col-age = En la fase
forecast-col-p50 = Fin, 50 %
forecast-col-p85 = Fin, 85 %
forecast-col-late = Riesgo
forecast-col-at = Hasta el
forecast-col-month = Dichas a principios de
forecast-col-n = Con fecha ya llegada
forecast-col-held = Se cumplieron
forecast-col-pending = Con fecha por llegar
forecast-risk-unlike = pocos precedentes
forecast-risk-high = alto · { $share }
forecast-risk-medium = medio · { $share }
forecast-risk-low = bajo · { $share }
forecast-sle = Elija una fila para abrir el caso. Riesgo: parte de { $runs } simulaciones en que el caso, contado desde su apertura, tarda más de { $days } días calendario; en ese plazo terminó el 85 % de { $n } casos. Fin es cierre o rechazo.
forecast-without-few = { $n ->
    [one] Un caso no tiene fechas
   *[other] { $n } casos no tienen fechas
 }: de alguna fase que falta hay menos de { $enough } visitas terminadas.
forecast-without-older = { $n ->
    [one] Un caso no tiene fechas
   *[other] { $n } casos no tienen fechas
 }: menos de { $enough } visitas anteriores de su fase y flujo duraron más que la suya, muy pocas para decir cuándo va a terminar.
forecast-closes-note = Solo los casos abiertos hoy: los que se abran después no cuentan. Cada fase se simula con lo que duró en el pasado, sin mirar el cliente ni la carga.
forecast-backtest-note = A principios de cada mes se repite el pronóstico con lo que se sabía entonces. Cuentan las afirmaciones cuya fecha llegó hasta el { $at }.
forecast-backtest-fits = Es lo prometido, con un margen de 5 puntos.
forecast-backtest-low = Se cumplen menos de lo prometido: cuente con fechas más tardías que las de la tabla.
forecast-backtest-high = Se cumplen más de lo prometido: las fechas de la tabla son prudentes.

# --- evidence of the numbers
how-expected = Fechas y riesgo de los casos abiertos
how-expected-formula = Por simulación: a cada caso le queda lo que resta de su fase, según visitas que duraron más que la suya, y una visita pasada por cada fase que falta; p50 y p85 de los fines
how-expected-excluded = Casos terminados; sin fechas, los de una visita que muy pocas anteriores superaron o a los que les falta una fase con pocas visitas
how-learned = Visitas de fase de las que se aprende
how-learned-formula = Visitas terminadas + visitas en curso, que cuentan como «por lo menos tanto tiempo» (Kaplan y Meier)
how-learned-excluded = Nada: los filtros de fase y de fecha de fin no reducen el pasado
how-sle = Plazo esperado (SLE)
how-sle-formula = Percentil 85 de fin − apertura de los casos terminados
how-sle-excluded = Casos en curso
how-told = Afirmaciones al 85 %
how-told-formula = Cumplidas ÷ con fecha ya llegada; una afirmación por caso abierto a principios del mes
how-told-excluded = Afirmaciones con fecha por llegar y casos sin fechas
count-told = Abiertos entonces
