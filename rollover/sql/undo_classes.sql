-- Which class attachments an undo puts back, by class; of the others, who is not back in last year's class.
-- reads: undo_plan, directory_classattachment, directory_schoolclass, directory_attachment, directory_detachment,
--        accounts_user. writes: nothing.
-- why:   asked before directory's restore_year, with its judgement: whoever has left the school since, or is
--        detached again by the undo, is in none of its classes.
with asked as materialized (
  select p.school_id, a.id, a.person_id, a.school_class_id, a.role, a.ended_on, again.n > 0 as detached,
    exists (
      select from directory_attachment s
      where s.person_id = a.person_id and s.school_id = p.school_id and s.ended_on is null) as belongs,
    exists (
      select from directory_classattachment o
      where o.person_id = a.person_id and o.school_class_id = a.school_class_id and o.ended_on is null) as there
  from undo_plan p
  cross join unnest(p.class_attachments) as e (id)
  join directory_classattachment a on a.id = e.id
  cross join lateral (
    select count(*) as n from directory_detachment d
    where d.id = any(p.detachments) and d.person_id = a.person_id
      and (d.lifted_at is null or not exists (
        select from directory_detachment o
        where o.person_id = d.person_id and o.school_id = d.school_id and o.lifted_at is null))) again
), judged as (
  select q.*, q.ended_on is not null and q.belongs and not q.there and not q.detached as comes,
    q.detached or (q.ended_on is not null and not q.there and not q.belongs) as missing
  from asked q
)
select j.school_id, c.label, count(*) filter (where j.comes and j.role = 'PUPIL') as pupils,
  count(*) filter (where j.comes and j.role <> 'PUPIL') as teachers,
  coalesce(array_agg(distinct u.last_name || ' ' || u.first_name) filter (where j.missing), '{}') as lost
from judged j
join directory_schoolclass c on c.id = j.school_class_id
join accounts_user u on u.id = j.person_id
group by j.school_id, c.id, c.label order by j.school_id, c.label, c.id
