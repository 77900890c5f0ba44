# Notices: their text in the app and in e-mails; the page Avisos; each person's preferences.

page-avisos = Notices

notice-work = New work for { $role }: { $work }, due { $due }
notice-returned = Returned: { $work }, due { $due }
notice-mentioned = Somebody mentioned you in a comment
notice-due-soon = Due soon: { $work }, due { $due }
notice-overdue = Overdue: { $work }, was due { $due }
notice-escalated = A delay that needs Proceso: { $work } ({ $role }), was due { $due }
notice-ended = The case has ended: { $outcome }

letter-digest = { $count ->
    [one] One notice about your cases
   *[other] { $count } notices about your cases
 }
letter-digest-intro = What happened in your cases since the last digest:
letter-why = You get this message because you chose so in “My account”. The link only opens the case, after signing in.

notices-which = Notices that are shown
notices-unread = Unread
notices-all = All
notices-none = You have no unread notices.
notices-none-administrator = You have no notices. Notices that could not be delivered and failed requests to other systems will appear here.
notices-none-all = You have no notices yet. New work, deadlines, returns and comments for you will appear here.
do-read = Mark read
do-read-all = Mark all as read
done-read-all = { $count ->
    [0] There were no unread notices.
    [one] One notice is marked as read.
   *[other] { $count } notices are marked as read.
 }

dead-title = Notices that could not be delivered
dead-intro = They are in each person's app, but the message did not go out. Fix the cause and try again, or dismiss it.
dead-when = for { $person } · { $when } · { $error }
do-revive = Try again
do-dismiss = Dismiss
done-revive = The notice for { $person } is back in the queue.
done-dismiss = The notice for { $person } is dismissed; it stays in their app.

choices-title = How you want to be notified
choices-intro = Every notice is under “Notices”. A message can come to you as well.
choices-app = In the app only
choices-at-once = At once
choices-digest = Daily digest
choices-work = New work for my role
choices-returned = Document returned
choices-mentioned = Comment for me
choices-due-soon = Work due soon
choices-overdue = Overdue work
choices-escalated = Delay that needs Proceso
choices-ended = End of a case in which I acted
choices-address = Address
choices-address-none = no e-mail on file
choices-address-help = An e-mail, or a chat's address as Apprise writes it: slack://…, discord://…, tgram://…, mmosts://… Empty: the e-mail on file.
do-choices = Save notices
done-choices = Your notice settings are saved.

error-comment-unknown = Not saved: that comment is not in this case's history. Load the page again.
error-comment-of-another = Not saved: the comment is somebody else's, and only its author can edit it. Write a new one.
error-comment-settled = Not saved: more than { $minutes } minutes have passed and the comment can no longer be changed. Write a new one.
error-address-scheme = The address must be an e-mail or begin with one of these: { $schemes }.
error-address-malformed = A chat's address may have only letters, digits and symbols, no spaces, and nothing after “?”. Check it.

mention = Mention
mention-help = Write @login in the text or choose here whom to mention: they get a notice.
edit-comment = Edit your comment (until { $until })
do-edit-comment = Save the correction
done-edit-comment = Your comment was edited; its earlier text stays in the full history.
told-comment-edited = Comment edited
comment-edited = { $text } (edited)
mention-whom = Choose one person or more
