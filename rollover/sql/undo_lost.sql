-- Who is not back in last year's class after an undo: they have left the school, or the class is no more.
-- reads: undo_plan, directory_classattachment, accounts_user. writes: nothing.
select u.last_name || ' ' || u.first_name as name
from (select distinct unnest(class_attachments) as id from undo_plan) p
join directory_classattachment a on a.id = p.id
join accounts_user u on u.id = a.person_id
where a.ended_on is not null
  and not exists (
    select from directory_classattachment o
    where o.person_id = a.person_id and o.school_class_id = a.school_class_id and o.ended_on is null)
order by u.sort_name, u.id
