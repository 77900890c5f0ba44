# The page Pronóstico: what is expected of the open cases, and how often such statements held.

forecast-closes = By { $date }, { $half ->
    [one] { $half } close or more is expected
   *[other] { $half } closes or more are expected
 } with a probability of 50%, and { $most } or more with 85%.
forecast-no-closes = It can't be said yet how many cases will close: too few visits of some phase have finished.
forecast-closes-axis = Cases open today that will have closed
forecast-p50 = At least so many, with 50%
forecast-p85 = At least so many, with 85%
forecast-backtest = { $months ->
    [one] Of the statements at 85% of the only month with data
   *[other] Of the statements at 85% of the last { $months } months with data
 }, { $share } held ({ $held } of { $n }).
forecast-no-backtest = No statement at 85% has reached its date yet: it can't be said whether the forecast is right.
forecast-backtest-axis = Statements at 85% that held
