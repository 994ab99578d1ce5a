-- The grace begins for people whom their source no longer states.
-- reads: {relation} (person_id). writes: accounts_user.
update accounts_user u set absent_since = %(today)s
from {relation} r where u.id = r.person_id and u.absent_since is null
