# The page Pronóstico: forecasts of the open cases, and how often past ones held.

forecast-closes = By { $date }, { $half ->
    [one] { $half } close or more is expected
   *[other] { $half } closes or more are expected
 } with a probability of 50%, and { $most } or more with 85%.
forecast-no-closes = It is too early to say how many cases will close: too few visits of some phase have finished.
forecast-closes-axis = Cases open today that will have closed
forecast-p50 = At least this many, with 50%
forecast-p85 = At least this many, with 85%
forecast-backtest = { $months ->
    [one] Of the statements at 85% of the only month with data
   *[other] Of the statements at 85% of the last { $months } months with data
 }, { $share } held ({ $held } of { $n }).
forecast-no-backtest = No statement at 85% has reached its date yet: it can't be said whether the forecast is right.
forecast-backtest-axis = Statements at 85% that held

# --- the title and the open cases
forecast-main = { $late ->
    [0] None of the { $n } open cases with a forecast is on course
    [one] { $late } of { $n } open cases with a forecast is on course
   *[other] { $late } of { $n } open cases with a forecast are on course
 } to take more than { $days } days, the period within which 85 of every 100 ended.
forecast-main-unlike = { $n ->
    [one] One other has been in its phase for a time
   *[other] { $n } others have been in their phase for a time
 } that has very few precedents.
forecast-main-few = It is too early to say which cases run late: { $n } have ended, and { $enough } are needed.
forecast-main-no-dates = There are no dates yet for the { $n } open cases: of one of the phases ahead of them, fewer than { $enough } visits have finished.
forecast-nothing-open = No case is open: there is nothing to forecast.
forecast-cases = { $n ->
    [one] One open case
   *[other] The { $n } open cases, the greatest risk first
 }
forecast-col-code = Case
forecast-col-client = Client
forecast-col-phase = Phase
forecast-col-age = In phase
forecast-col-p50 = End, 50%
forecast-col-p85 = End, 85%
forecast-col-late = Risk
forecast-col-at = By
forecast-col-month = Made at the start of
forecast-col-n = Date has come
forecast-col-held = Held
forecast-col-pending = Date still ahead
forecast-risk-unlike = few precedents
forecast-risk-high = high · { $share }
forecast-risk-medium = medium · { $share }
forecast-risk-low = low · { $share }
forecast-sle = Choose a row to open the case. Risk: the share of { $runs } simulations in which the case, counted from its opening, takes more than { $days } calendar days; 85% of { $n } cases ended within that period. The end is a close or a rejection.
forecast-without-few = { $n ->
    [one] One case has no dates
   *[other] { $n } cases have no dates
 }: of a phase ahead, fewer than { $enough } visits have finished.
forecast-without-older = { $n ->
    [one] One case has no dates
   *[other] { $n } cases have no dates
 }: fewer than { $enough } earlier visits of its phase and flow took longer than its own, too few to say when it will end.
forecast-closes-note = Only the cases that are open today: those opened later don't count. Each phase is simulated by how long it took in the past, whatever the client or the load.
forecast-backtest-note = At the beginning of each month the forecast is made again with what was known then. Statements count whose date had come by { $at }.
forecast-backtest-fits = That is what was promised, within 5 points.
forecast-backtest-low = Fewer hold than promised: expect later dates than those of the table.
forecast-backtest-high = More hold than promised: the dates of the table are cautious.

# --- evidence of the numbers
how-expected = Dates and risk of the open cases
how-expected-formula = By simulation: a case has the rest of its phase ahead, by the visits that took longer than its own, and one past visit for each phase to come; p50 and p85 of the ends
how-expected-excluded = Ended cases; without dates, those with a visit that very few before took longer than, or with a phase ahead that has few visits
how-learned = Phase visits used for the forecast
how-learned-formula = Finished visits + running visits, which count as “at least this long” (Kaplan and Meier)
how-learned-excluded = Nothing: the filters of phase and of closing date don't narrow the past
how-sle = Service level expectation
how-sle-formula = 85th percentile of end − opening of the ended cases
how-sle-excluded = Cases in progress
how-told = Statements at 85%
how-told-formula = Held ÷ those whose date has come; one statement for each case open at the beginning of the month
how-told-excluded = Statements whose date is still ahead, and cases without dates
count-told = Open then
