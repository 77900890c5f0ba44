# Common to all pages of the analysis: filters, date, evidence of a number.

analysis-counting = Counting the cases…
analysis-as-of = As of { $moment }
analysis-empty-chosen = No case matches these filters. Change the selection or clear the filters to see every case.
analysis-empty-all = There are no cases yet. Once the first one is opened, this page shows which phase it is in and how long each phase takes.
analysis-chosen = Only: { $chosen }
analysis-empty-then = At the end of that day there were no cases yet. Choose a later date or go back to today.

filter-more = { $count ->
    [0] More filters
   *[other] More filters ({ $count })
 }
filter-client = Client
filter-place = National or international
filter-opened-from = Opened from
filter-opened-to = Opened to
filter-closed-from = Ended from
filter-closed-to = Ended to
chosen-opened-from = opened from { $day } on
chosen-opened-to = opened up to { $day }
chosen-closed-from = ended from { $day } on
chosen-closed-to = ended up to { $day }

# --- as of
as-of-day = As it stood at the end of
as-of-told = Everything as it stood at the end of { $day }.
as-of-today = Back to today
as-of-play = ▶ Month by month
as-of-play-hint = Shows the end of each month, one after the other, up to today.
as-of-stop = ■ Stop

# --- evidence of a number
home-ask = See the cases behind…
home-none = No case.
home-all = { $n ->
    [one] { $n } case. Choose its row to open it.
   *[other] { $n } cases. Choose a row to open the case.
 }
home-newest = The { $n } newest; the CSV has them all. Choose a row to open the case.
home-csv = Download CSV
home-times = Times
home-as-of = As of { $moment }, with the filters of the page.
clock-moment = The moment of the query
clock-opening = Opening date of the case
clock-calendar = Calendar time
clock-working = Working time
count-opened = Opened
count-entered = Entered
count-advanced = Advanced
count-closed = Closed
count-rejected = Rejected
count-running = Still in it
count-returns = Returns
count-finished = Finished
count-lately = Finished in that time
count-earlier = Finished before
count-left = Left the phase
count-blocked = Waited
count-never-blocked = Did not wait
