-- How many people of those made by this run had a former account, deleted since.
-- reads: the run's schema, feeds_departed. writes: nothing.
select count(*) as people
from plan_person p
join feeds_departed d
  on d.digest = encode(sha256(convert_to(p.academy_id || '|' || p.joining_kind || '|' || p.joining_key, 'UTF8')), 'hex')
where p.is_new and p.joining_key is not null
