# The page of a status link, for clients: plain language, nothing internal.

status-title = Status of your request
status-phase = Phase { $number } of { $last }: { $name }
status-who = It is now with
status-since = Since
status-moment = { $at } ({ $ago })
status-from-you = What we need from you
status-nothing = Nothing for now. We will let you know in the way agreed with you.
status-needed = Your { $environment }. The request waits until it is available: tell the person you deal with.
status-later = Later on your { $environment } will be needed. You can start preparing it.
status-phases = The phases
status-done = done
status-current = under way
status-ahead = ahead
status-stopped = ended here
status-closed = Your request is complete
status-closed-says = All phases were completed on { $at }. We need nothing more from you.
status-rejected = Your request will not continue
status-rejected-says = The process ended on { $at }. If you have questions, write to the person you deal with.
status-foot = Read-only page, as of { $at }. This link expires on { $expires }.
status-none = This link is not available
status-none-says = It may have expired or been withdrawn. Ask the person who sent it to you for a new one.
status-busy = Too many requests
status-busy-says = Wait a minute and load the page again.
