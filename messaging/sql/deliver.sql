-- Gives a message to whoever it reaches: a copy a person, on the line that shows most. Answers their keys.
-- reads: directory_membership, directory_scolarity_membership, accounts_user, messaging_barred (whom a teacher
--        keeps from writing to a pupil), directory_schoolclass, schools_school.
-- writes: messaging_copy.
-- why:   one statement whatever the number; run again it adds nothing, so that a job that died goes on. The
--        groups' keys are given as a list to the view, into which the planner pushes no join.
insert into messaging_copy (person_id, message_id, box, line, at)
select r.person_id, %(message)s, 'IN', (array['TO', 'COPY', 'HIDDEN'])[min(r.rank)], %(now)s
from (
  select p.id as person_id, p.rank, true as named
  from unnest(%(people)s::bigint[], %(people_ranks)s::int[]) as p (id, rank)
  union all
  select m.person_id, g.rank, false
  from unnest(%(groups)s::bigint[], %(group_ranks)s::int[]) as g (id, rank)
  join directory_membership m on m.group_id = g.id
  union all
  select s.person_id, g.rank, false
  from directory_scolarity_membership s
  join unnest(%(groups)s::bigint[], %(group_ranks)s::int[]) as g (id, rank) on g.id = s.group_id
  join accounts_user t on t.id = s.through_id and t.pre_deleted_on is null
  where s.group_id = any (%(groups)s::bigint[])
) r
join accounts_user u on u.id = r.person_id and u.pre_deleted_on is null and u.merged_into_id is null
where (r.person_id <> %(author)s or r.named)
  and not exists (
    select from messaging_barred b
    join directory_schoolclass c on c.id = b.school_class_id
    join schools_school s on s.id = c.school_id and s.class_year = c.year
    where b.sender_id = %(author)s and b.pupil_id = r.person_id and b.lifted_at is null
  )
group by r.person_id
order by r.person_id
on conflict (message_id, person_id, box) do nothing
returning person_id
