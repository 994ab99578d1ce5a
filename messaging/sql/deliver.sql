-- Gives a message to whoever it reaches: a copy a person, on the line that shows most; in the box of whoever all
-- schools are quiet now when the first of these is quiet no more. Answers their keys. Colleagues do not wait for one
-- another.
-- reads: directory_membership, directory_scolarity_membership, accounts_user, messaging_barred (whom a teacher
--        keeps from writing to a pupil), directory_schoolclass, schools_school; where somebody waits, directory_attachment,
--        directory_guardianship, schools_academy, schools_schoolsettings.
-- writes: messaging_copy.
-- why:   one statement whatever the number; run again it adds nothing, so that a job that died goes on. The
--        groups' keys are given as a list to the view, into which the planner pushes no join. Quiet hours are told by
--        what schools chose (`schools/sql/hours_in_use.sql`), of which there are few. Where nobody is left in peace,
--        as by day, `quiet` is false and no school is read.
with reached as (
  select r.person_id, min(r.rank) as rank
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
),
schools as (
  select r.person_id, a.school_id
  from reached r
  join directory_attachment a on a.person_id = r.person_id and a.ended_on is null
  where %(quiet)s
  union
  select r.person_id, a.school_id
  from reached r
  join directory_guardianship t on t.relative_id = r.person_id and t.ended_on is null
  join directory_attachment a on a.person_id = t.pupil_id and a.ended_on is null and a.profile = 'PUPIL'
  where %(quiet)s
),
waiting as (
  select s.person_id, min(q.until) as until
  from schools s
  join schools_school c on c.id = s.school_id
  join schools_academy y on y.id = c.academy_id
  left join schools_schoolsettings g on g.school_id = s.school_id
  join unnest(%(zones)s::text[], %(on)s::boolean[], %(starts)s::time[], %(ends)s::time[], %(weekends)s::boolean[],
    %(until)s::timestamptz[]) as q (zone, "on", starts, ends, weekends, until)
    on q.zone = y.time_zone
    and (q."on", q.starts, q.ends, q.weekends)
      is not distinct from (g.quiet, g.quiet_from, g.quiet_until, g.quiet_weekends)
  join accounts_user u on u.id = s.person_id
  where not (%(team)s and u.profile in ('TEACHER', 'STAFF'))
  group by s.person_id
  having min(q.until) > %(now)s
)
insert into messaging_copy (person_id, message_id, box, line, at)
select r.person_id, %(message)s, 'IN', (array['TO', 'COPY', 'HIDDEN'])[r.rank], coalesce(w.until, %(now)s)
from reached r
left join waiting w on w.person_id = r.person_id
order by r.person_id
on conflict (message_id, person_id, box) do nothing
returning person_id
