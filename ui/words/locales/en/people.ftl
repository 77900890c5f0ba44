# People, for the administrator.

person-disabled = disabled
person-no-roles = no roles
person-locked = locked until { $at }
person-roles = Roles
person-name = Full name
new-person = New person
one-time-told = One-time password for **{ $login }**. Hand it over now: it is not shown again.
do-roles = Save roles
do-reset = Give a one-time password
do-disable = Disable
do-enable = Enable
do-create = Create person
done-roles = The roles of { $person } have changed; their sessions have ended.
done-reset = { $person } has a one-time password; their sessions have ended.
done-disable = { $person } can no longer sign in; their sessions have ended.
done-enable = { $person } can sign in again.
done-create = { $person } can sign in now.

people-search = Search
people-search-hint = name, login or e-mail
people-role = Role
people-state = State
people-active = Active
people-disabled = Disabled
people-locked = Locked
people-no-roles = No roles
people-never-in = Never signed in
people-none = Nobody matches the search and the filters. Remove one to see the others.
people-found = { $count ->
    [one] 1 person
   *[other] { $count } people
 }
person-last-in = Last sign-in: { $when }
person-never-in = Has not signed in yet.
person-record = The record of this person (the last { $count } entries)
person-when = When
person-who = Who
person-what = What
person-by-system = system
do-describe = Save details
do-end-sessions = End sessions
do-unlock = Unlock
done-describe = The details of { $person } have changed.
done-end-sessions = { $count ->
    [one] The session of { $person } has ended.
   *[other] The { $count } sessions of { $person } have ended.
 }
done-unlock = { $person } may try to sign in again.

person-did-created = Login { $login } created. Roles: { $roles }.
person-did-roles-set = Roles changed. Before: { $before }. After: { $after }.
person-did-disabled = Disabled; their sessions ended.
person-did-enabled = Enabled.
person-did-password-reset = One-time password; their sessions ended.
person-did-password-changed = Password changed.
person-did-language-set = Language: { $chosen }.
person-did-locked = Locked until { $at } after failed attempts.
person-did-unlocked = Unlocked.
person-did-signed-in = Signed in.
person-did-sessions-ended = Sessions ended: { $count }.
person-did-other = Another change.
person-did-name = Name: “{ $before }” → “{ $after }”.
person-did-email = E-mail: { $before } → { $after }.

error-no-sessions = Nothing was done: this person has no open sessions. Load the page again.
error-not-locked = Nothing was done: this person is not locked. Load the page again.
error-person-same = Not saved: the name and the e-mail are as they were. Change one and save again.
person-did-notices-chosen = Chose how to get notices.
person-did-system-created = The access of another system was created.
person-did-system-ended = The access of another system ended.

do-give-analysis = Give access to the analysis
do-take-analysis = Take away access to the analysis
analysis-right = The role Proceso sees the pages of the analysis without this right.
done-give-analysis = { $person } can see the pages of the analysis now.
done-take-analysis = { $person } can no longer see the pages of the analysis.
person-did-right-given = Was given access to the analysis.
person-did-right-taken = Access to the analysis was taken away.
error-right-needed = This page is for Proceso and for whoever has access to the analysis. If you need it, ask your administrator.
error-right-same = Nothing changed: the access is already as you want it. Load the page again.
