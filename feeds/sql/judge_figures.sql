-- How many would vanish, school by school and kind by kind, of how many that this source states.
-- reads: scope, plan_attachment, plan_absence, directory_attachment, accounts_user. writes: nothing.
-- why:   to vanish is to be left with no school: a move does not count; the base is the people stated by
--        that source and not absent.
with base as (
    select a.school_id, case when a.profile = 'PUPIL' then 'P' else 'S' end as kind, count(*) as people
    from directory_attachment a
    join scope c on c.school_id = a.school_id
    where a.ended_on is null and a.source = %(source)s and a.profile <> 'GUEST'
      and not exists (
        select from accounts_user u where u.id = a.person_id and u.absent_since is not null)
    group by 1, 2),
vanishing as (
    select p.school_id, x.kind, count(distinct x.person_id) as people,
           (array_agg(u.last_name || ' ' || u.first_name order by u.sort_name))[1:10] as names
    from plan_absence x
    join plan_attachment p on p.person_id = x.person_id and p.act in ('miss', 'end')
    join accounts_user u on u.id = x.person_id
    group by 1, 2),
told as (
    select school_id, count(distinct folded) as classes from class_value group by school_id)
select c.school_id, k.kind, coalesce(b.people, 0) as base, coalesce(v.people, 0) as vanish,
       coalesce(v.names, '{}') as names,
       case when k.kind = 'P' then c.turns or c.opens else c.opens_running_year end as opens_year,
       c.turns and k.kind = 'P' as turns,
       coalesce(t.classes, 0) as classes_told
from scope c
cross join (values ('P'), ('S')) k(kind)
left join base b on b.school_id = c.school_id and b.kind = k.kind
left join vanishing v on v.school_id = c.school_id and v.kind = k.kind
left join told t on t.school_id = c.school_id
where case when k.kind = 'P' then c.families and not c.stale else c.staff end
order by c.school_id, k.kind
