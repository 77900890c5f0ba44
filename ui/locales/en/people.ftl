# People, for the administrator.

person-disabled = disabled
person-no-roles = no roles
person-locked = locked until { $at }
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
