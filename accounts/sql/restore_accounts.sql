-- People who are back: whatever their delay had come to, the account is as it was, and what was said of their leaving is forgotten.
-- reads: {relation} (person_id). writes: accounts_user.
update accounts_user u set absent_since = null, pre_deleted_on = null,
    leaving_told_on = null, objected_at = null
from {relation} r where u.id = r.person_id and u.absent_since is not null
