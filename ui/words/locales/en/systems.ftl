# Other systems: the activities they carry out, and the refusals of their requests.

call-answered = confirmed by the other system
call-pending = waiting for the other system
call-failed = the other system did not answer
call-by-hand = Do it by hand and tick it: the history will say so.
told-call-asked = Another system was asked: { $activity }
told-call-asked-again = Another system was asked again: { $activity }
told-call-settled = The other system’s answer
told-call-status = HTTP { $status }
word-by-system = confirmed by the other system
word-by-hand = by hand: the other system did not answer
word-answered = confirmed
word-failed = no answer
failed-calls-title = Requests that other systems did not carry out
failed-calls-intro = Whoever has the work can do it by hand. Once the cause is fixed, ask again: the work waits again until the system answers or fails.
do-ask-again = Ask again
done-ask-again = { $activity } of case { $case } is back in the queue.
error-call-pending = The other system has not answered yet: { $activities }. Wait a few minutes and try again; if it fails, you can tick it by hand.
error-call-settled = Not saved: that answer is on the record already, or no longer expected. See the case’s history.
error-call-not-failed = Not asked again: that was done already, or somebody has gone on with the work. See the case’s history.
error-system-name-invalid = A system’s name has 2 to 30 characters: letters without accents, digits and hyphen. Choose another.
error-system-name-taken = The system “{ $name }” exists already. Choose another name.
error-system-unknown = There is no system “{ $name }”. Check the name.
error-system-not-known = This system is not authorised. Check the token, or ask your administrator for a new one.
error-body-malformed = The body is not the JSON that is expected. Check the type and the name of each field at /api.
error-body-too-large = The body is too large: the limit is { $limit } bytes. Send less.
error-too-many-requests = There are too many requests. Wait a minute and try again.
