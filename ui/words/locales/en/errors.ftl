# What happened, why, and what to do. The id is error- and the code with - for _.

error-unknown = This could not be done and nothing was saved. Reload the page; if it happens again, tell your administrator and mention “{ $code }”.
error-invalid = Not saved: some fields are missing or wrong. See the ones that are marked.
error-database-busy = Not saved: the system was busy for more than { $seconds } seconds. Wait a moment and try again; what you typed is still here.

error-not-stored = Not saved: the database did not take it (disk full or out of service). What you typed is still here. See the case’s history and try again; if it happens again, tell your administrator.

# --- signing in and people
error-sign-in-failed = You could not sign in: the login or the password does not match. Check both and try again; if you forgot your password, ask your administrator for a new one.
error-locked = You could not sign in: there were too many failed attempts. { $minutes ->
    [one] Wait one minute
   *[other] Wait { $minutes } minutes
 } and try again.
error-session-ended = Your session has ended. Sign in again to go on.
error-person-unknown = There is no person “{ $login }”. Check the login.
error-login-invalid = A login has 2 to 40 characters: letters without accents, digits, dot, hyphen or underscore.
error-login-taken = The login “{ $login }” exists already. Choose another.
error-name-missing = Write the name.
error-text-too-long = The text is too long: the limit is { $limit } characters.
error-password-wrong = The current password is not right.
error-password-too-short = Use at least { $limit } characters.
error-password-is-login = The password cannot be your login.
error-password-same = The new password is the same as the current one. Choose another.
error-password-differs = The two new passwords are not the same.

# --- who may
error-role-needed = Your roles do not allow it: it is for { $role }.
error-page-role-needed = This page is for { $roles }. You do not have that role; if you need it, ask your administrator.
error-b2b-sole-approver = You cannot decide: in the B2B flow only { $role } decides.
error-four-eyes = You cannot decide on { $document } version { $version }: you sent it. Somebody else must decide.
error-four-eyes-on-validation = You cannot validate { $document } version { $version }: you sent it. Somebody else must validate it.
error-channel-role-needed = You cannot open cases in this channel: it is for { $role }. Choose the channel of your role.
error-intake-role-needed = You cannot open cases: it is for { $role }.
error-environment-role-needed = You cannot register environments: it is for Proceso or Responsable Implementación B2B.

# --- the case has moved on
error-item-not-open = Not saved: this task is no longer pending; somebody settled it or it was withdrawn. See the history of the case.
error-item-changed = Not saved: the task changed while you were looking at it. See what is new and decide again.
error-case-ended = Not saved: the case ended ({ $outcome }) on { $at } and takes no further decision.
error-environment-missing = It cannot go on: the client's { $environment } is not registered. Ask Proceso or Responsable Implementación B2B to register it.
error-case-unknown = There is no such case. Check the code or look for it in “All cases”.
error-file-unknown = The file was not found. Reload the page.
error-file-altered = The stored file is no longer the one that the record names: it is not handed out. Tell your administrator.
error-document-unknown = That document is not on the record of the case. Open it from the page of the case.
error-session-needed = To open a document, sign in first and ask for it again.
error-reader-role-needed = Documents are read by those who hold one of the roles of the process. If you need it, ask your administrator.
error-password-change-needed = Change your one-time password first; then you can open documents.
error-template-not-kept = This draft was prepared with the template { $template } of { $document }, which is not kept any more: no other is offered in its place. Begin with the document before, or ask your administrator for the template.

# --- field by field
error-verdict-unknown = Choose one of the options.
error-reason-missing = Write the reason.
error-checklist-open = Still to be ticked: { $activities }.
error-document-missing = Attach { $document } before sending.
error-new-version-missing = Attach a new version of { $document }: version { $version } is the one that was returned.
error-answer-missing = Answer this finding.
error-criterion-unanswered = Answer the criterion { $criterion }.
error-approve-with-failed = It cannot be approved while criteria are not met: { $criteria }. Return the document or correct your answer.
error-finding-missing = To return it, mark at least one criterion as “Does not meet” or write the reason.
error-channel-same = The case is in that channel already. Choose the other.
error-evidence-missing = Write the evidence: where the environment is documented.
error-expiry-in-the-past = The expiry date has passed.
error-service-missing = Describe the requested service.
error-criteria-missing = Add at least one review criterion.
error-criterion-name-missing = Write the name of the criterion.
error-criterion-expected-missing = Write the expected value.
error-criterion-twice = The criterion { $criterion } is there twice.

# --- somebody was faster
error-already-decided = Not saved: { $own ->
    [true] you have already decided this task
   *[other] { $person } has already decided this task
 } ({ $how }) on { $at }.{ $reason ->
    [none] {""}
   *[other] {" "}Reason: { $reason }.
 } See the case’s history.
error-item-withdrawn-returned = Not saved: another role returned the document on { $at } and this review was withdrawn. See the case’s history.
error-item-withdrawn-approved = Not saved: the document was approved on { $at } and this review is no longer needed. See the case’s history.
error-item-withdrawn-signed-off = Not saved: another review role closed the case on { $at }. See the case’s history.
error-file-attached-meanwhile = Not saved: { $own ->
    [true] you attached
   *[other] { $person } attached
 } another version on { $at }, after you opened this page. Look at the new version and decide again.
error-case-changed = Not saved: the case changed at the same moment. See its history and try again.
error-other-case = Not saved: that button was of case { $case }, and the address is now that of another page. What you wrote is kept: go back to { $case } to do it.

# --- who and what is unknown
error-person-not-active = Your account is no longer active. Ask your administrator to enable it.
error-leaves-undecided = Not saved: it would leave { $count ->
    [one] one running case
   *[other] { $count } running cases
 } that nobody may decide: { $cases }. Give the role to somebody else first.
error-last-administrator = Not saved: this is the only administrator. Give that role to somebody else first.
error-process-role-needed = You cannot do this: a role in the process is needed. Ask your administrator for one.
error-request-of-another = Not saved: somebody else has opened that request.
error-request-key-missing = Not saved: reload the page and open the case again.
error-template-unknown = There is no template for { $document }. Tell your administrator.
error-client-unknown = Choose a client from the list.
error-criterion-unknown = The criterion { $criterion } is not one of this case. Reload the page.
error-comment-missing = Write the comment.

# --- opening and files
error-choice-missing = Choose one.
error-client-name-missing = Write the client’s name.
error-client-exists = There is a client “{ $client }” already. Choose it under “Known”.
error-contact-name-missing = Write the contact’s name.
error-contact-address-missing = Write an e-mail address or a phone number.
error-email-malformed = “{ $email }” does not look like an e-mail address. Check it.
error-phone-malformed = “{ $phone }” does not look like a phone number: it has 6 to 15 digits.
error-criteria-too-many = There are too many criteria: the limit is { $limit }.
error-text-unreadable = The text has signs that cannot be kept. Write it again.
error-file-empty = The file is empty. Choose another.
error-file-too-large = The file is too large: the limit is 20 MB.
error-file-type = This file cannot be attached: by its content it is none of { $types }. Save it in one of these formats.

# --- several at once
error-together-nothing = Nothing was saved: you chose no case. Tick at least one.
error-together-too-many = Nothing was saved: you chose too many cases. Choose up to { $limit } at once.

# --- at the terminal only
error-demo-not-empty = Not filled: the database has { $people ->
    [one] one person
   *[other] { $people } people
 } already, and the demonstration never mixes with real work. Name an empty database in DATABASE_URL.
