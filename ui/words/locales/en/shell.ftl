# The shell: title, menu, sign-in, account.

product = Service approvals
language = Language
sign-in = Sign in
sign-in-intro = Service requests of new clients, from their arrival to their Cierre Comercial.
sign-in-login = Login
sign-in-password = Password
sign-out = Sign out
error-page = This page could not be shown. What had been saved is still saved. Reload it; if it happens again, tell your administrator. Failure code: { $code }
error-part = This part cannot be shown now; the rest of the page works. Failure code: { $code }
and-more = { $first } and { $count } more

menu-inbox = My inbox
menu-cases = Cases
menu-analysis = Analysis
menu-people = Administration

page-inicio = Home
page-caso = Case
page-nuevo = Open a case
page-casos = All cases
page-ambientes = Environments
page-embudo = Funnel
page-tiempos = Times
page-en_curso = Work in progress
page-cuellos = Bottlenecks
page-pronostico = Forecast
page-y_si = What if…?
page-cuenta = My account
page-personas = People

password-choose = Choose your password
password-one-time = You signed in with a one-time password. Choose your own now to go on.
password-old = Current password
password-new = New password
password-again = Repeat the new password
password-help = At least 10 characters. A long phrase is easier to remember.
password-change = Change password
password-changed = Your password has changed. Your other sessions have ended.
account-roles = Your roles
account-no-roles = You hold no role in the process.
account-password = Password
product-version = Service approvals, version { $version }
choose-file = Choose a file
page-first = Back to the start
page-next = Next { $n }
page-end = End of the list.
to-start = Go to my inbox

# --- responses of the server before any page ---
host-unknown = This app is not served under this name. Open it at the address you were given; whoever runs it can add the name (PUBLIC_URL or ALLOWED_HOSTS).
origin-foreign = This came from another page and was not done. Do it from the app itself.

# A field for a day.
day-form = YYYY-MM-DD
day-pick = { $field }: choose from a calendar
day-earlier = Earlier month
day-later = Later month
error-day-unreadable = “{ $text }” cannot be read as a date between 2000 and 2099. Write it as 2026-11-26.
error-day-missing = The date is missing. Write it as 2026-11-26 or choose it from the calendar.
error-day-after = The date is after { $last }. Write that one or an earlier one.
