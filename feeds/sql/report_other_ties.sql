-- Ties that the other degree stated of pupils whom this one has taken over, and of which it says nothing.
-- reads: plan_person, plan_tie, shared, directory_guardianship. writes: nothing.
-- why:   a feed can only miss its own: they stay, and a human is told.
select count(*) as ties
from plan_person p
join directory_guardianship g on g.pupil_id = p.person_id and g.ended_on is null and g.source = %(other)s
where p.kind = 'P'
  and not exists (select from plan_tie t where t.id = g.id)
  and not exists (select from shared h where h.person_id = p.person_id)
