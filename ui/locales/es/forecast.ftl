# The page Pronóstico: what is expected of the open cases, and how often such statements held.

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
