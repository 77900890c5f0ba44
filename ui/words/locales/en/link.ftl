# The tab “Link” of a case, and the history entries on links.

tab-link = Link
link-says = A link leads, without a sign-in, to a read-only page for the client: phase, the role that has the case, since when, and what is missing on the client’s side. It shows no names, documents, findings or reasons.
link-told = Copy it now and send it to the person it is for: it is not shown again. Whoever has the link can see the page.
link-lasts = Lasts
link-days = { $days } days
link-none = This case has no links.
link-made = Made by { $person } on { $at }
link-expires = expires on { $at }
link-seen = last seen on { $at }
link-not-seen = not seen yet
link-is-open = open
link-is-expired = expired
link-is-withdrawn = withdrawn
do-link = Make a link
do-withdraw-link = Withdraw
done-link = The link is ready. Copy it below, under “Link”.
done-withdraw-link = The link was withdrawn: it no longer works.

told-link-made = Status link made
told-link-withdrawn = Status link withdrawn

error-link-days = A link lasts from 1 to { $limit } days. Choose another duration.
error-link-withdrawn = Not saved: there is no such link, or it was withdrawn already. Reload the page.
