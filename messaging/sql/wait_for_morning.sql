-- Makes a message wait for whoever all schools are quiet now: it is in their box when the first of these is
-- quiet no more. Colleagues do not wait for one another.
-- reads: directory_attachment, directory_guardianship, accounts_user.
-- writes: messaging_copy, in the transaction that made it.
update messaging_copy c
set at = w.at
from (
  select s.person_id, min(q.at) as at
  from (
    select h.person_id, a.school_id
    from messaging_copy h
    join directory_attachment a on a.person_id = h.person_id and a.ended_on is null
    where h.message_id = %(message)s and h.box = 'IN'
    union
    select h.person_id, a.school_id
    from messaging_copy h
    join directory_guardianship t on t.relative_id = h.person_id and t.ended_on is null
    join directory_attachment a on a.person_id = t.pupil_id and a.ended_on is null and a.profile = 'PUPIL'
    where h.message_id = %(message)s and h.box = 'IN'
  ) s
  join unnest(%(schools)s::bigint[], %(ends)s::timestamptz[]) as q (school_id, at) on q.school_id = s.school_id
  join accounts_user u on u.id = s.person_id
  where not (%(team)s and u.profile in ('TEACHER', 'STAFF'))
  group by s.person_id
  having min(q.at) > %(now)s
) w
where c.message_id = %(message)s and c.box = 'IN' and c.person_id = w.person_id
