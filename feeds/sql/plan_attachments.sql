-- Who joins, stays in, changes in and leaves which school; who is left with none.
-- reads: stated_place, plan_person, scope, present, half_read, directory_attachment, directory_detachment,
--        accounts_user. writes: the run's schema (plan_attachment, plan_absence).
-- why:   a feed misses only what its own source states, in the schools that it names, for the kinds it names;
--        missing with another school: leaves at once; with none: absent, and nothing ends.
drop table if exists pg_temp.plan_attachment, pg_temp.plan_absence
-- ;
create temporary table plan_attachment on commit drop as
-- stated and not there yet, unless an administrator's detachment wins
select nextval((select pg_get_serial_sequence('directory_attachment', 'id')::regclass)) as id, 'open' as act, '' as reason,
       s.person_id, s.school_id, s.kind, s.profile, s.function_code, s.function_label, s.is_head,
       case when s.kind = 'P' then s.level else '' end as level, null::text as source_before
from stated_place s
left join scope c on c.school_id = s.school_id
where not s.gone
  and not (s.kind = 'P' and coalesce(c.stale, false))
  and not exists (
    select from directory_attachment a
    where a.person_id = s.person_id and a.school_id = s.school_id and a.ended_on is null)
  and not exists (
    select from directory_detachment d
    where d.person_id = s.person_id and d.school_id = s.school_id and d.lifted_at is null
      and not (coalesce(c.turns, false) and d.running_year < c.new_class_year))
union all
-- stated and there: what differs
select a.id, 'change', '', s.person_id, s.school_id, s.kind, s.profile,
       case when %(whole)s then s.function_code else coalesce(nullif(s.function_code, ''), a.function_code) end,
       case when %(whole)s then s.function_label else coalesce(nullif(s.function_label, ''), a.function_label) end,
       s.is_head, case when s.kind = 'P' then coalesce(nullif(s.level, ''), a.level) else '' end, a.source
from stated_place s
join directory_attachment a on a.person_id = s.person_id and a.school_id = s.school_id and a.ended_on is null
left join scope c on c.school_id = s.school_id
where not s.gone and not (s.kind = 'P' and coalesce(c.stale, false))
  and (a.profile, a.function_code, a.function_label, a.is_head, a.level, a.source) is distinct from (
    s.profile,
    case when %(whole)s then s.function_code else coalesce(nullif(s.function_code, ''), a.function_code) end,
    case when %(whole)s then s.function_label else coalesce(nullif(s.function_label, ''), a.function_label) end,
    s.is_head,
    case when s.kind = 'P' then coalesce(nullif(s.level, ''), a.level) else '' end, %(source)s)
union all
-- stated with an exit date that has passed
select a.id, 'end', 'exit', s.person_id, s.school_id, s.kind, a.profile, a.function_code, a.function_label,
       a.is_head, a.level, a.source
from stated_place s
join directory_attachment a on a.person_id = s.person_id and a.school_id = s.school_id and a.ended_on is null
left join scope c on c.school_id = s.school_id
where s.gone and a.source = %(source)s and not (s.kind = 'P' and coalesce(c.stale, false))
union all
-- a readable record that no longer states the school
select a.id, 'end', 'unstated', a.person_id, a.school_id, p.kind, a.profile, a.function_code, a.function_label,
       a.is_head, a.level, a.source
from directory_attachment a
join plan_person p on p.person_id = a.person_id
left join scope c on c.school_id = a.school_id
where a.ended_on is null and a.source = %(source)s and p.kind in ('P', 'S')
  and (%(school_id)s::bigint is null or a.school_id = %(school_id)s and p.key not like 'known:%%')
  and not (p.kind = 'P' and coalesce(c.stale, false))
  and not exists (select from stated_place s where s.person_id = a.person_id and s.school_id = a.school_id)
  and not exists (select from half_read h where h.person_id = a.person_id)
union all
-- nobody's record says a word of them
select a.id, 'miss', 'missing', a.person_id, a.school_id, case when a.profile = 'PUPIL' then 'P' else 'S' end,
       a.profile, a.function_code, a.function_label, a.is_head, a.level, a.source
from directory_attachment a
join scope c on c.school_id = a.school_id
where a.ended_on is null and a.source = %(source)s
  and case when a.profile = 'PUPIL' then c.families and not c.stale else c.staff and a.profile <> 'GUEST' end
  and not exists (select from plan_person p where p.person_id = a.person_id)
  and not exists (select from present x where x.person_id = a.person_id)
-- ;
-- absent until now, from the other degree's schools: they are in one of this one's, and leave those at once
insert into plan_attachment
select a.id, 'end', 'found', a.person_id, a.school_id, p.kind, a.profile, a.function_code, a.function_label,
       a.is_head, a.level, a.source
from plan_person p
join directory_attachment a on a.person_id = p.person_id and a.ended_on is null and a.source = %(other)s
where p.absent_since is not null
  and exists (select from plan_attachment o where o.person_id = p.person_id and o.act in ('open', 'change'))
  and not exists (select from plan_attachment o where o.id = a.id)
-- ;
create index on plan_attachment (person_id)
-- ;
create unique index on plan_attachment (id)
-- ;
analyze plan_attachment
-- ;
-- missing, but another school remains: leaves this one at once
update plan_attachment p set act = 'end', reason = 'elsewhere'
where p.act = 'miss' and exists (
    select from directory_attachment a
    left join plan_attachment o on o.id = a.id
    where a.person_id = p.person_id and a.ended_on is null and a.id <> p.id
      and (o.id is null or o.act = 'change'))
-- ;
-- left with no school: absent from today, once
create temporary table plan_absence on commit drop as
select p.person_id, min(p.kind) as kind, min(p.school_id) as school_id, bool_or(p.act = 'miss') as missing
from plan_attachment p
join accounts_user u on u.id = p.person_id
where p.act in ('miss', 'end') and u.absent_since is null
  and not exists (
    select from plan_attachment o where o.person_id = p.person_id and o.act in ('open', 'change'))
  and not exists (
    select from directory_attachment a
    left join plan_attachment o on o.id = a.id
    where a.person_id = p.person_id and a.ended_on is null and o.id is null)
group by p.person_id
-- ;
-- whom an administrator detached from their only school, once their source states them no more
insert into plan_absence
select d.person_id, case when u.profile = 'PUPIL' then 'P' else 'S' end, min(d.school_id), true
from directory_detachment d
join accounts_user u on u.id = d.person_id
join scope c on c.school_id = d.school_id
where u.absent_since is null and u.source = %(source)s
  and case when u.profile = 'PUPIL' then c.families and not c.stale else c.staff end
  and not exists (select from plan_person p where p.person_id = d.person_id)
  and not exists (select from present x where x.person_id = d.person_id)
  and not exists (select from plan_absence x where x.person_id = d.person_id)
  and not exists (
    select from directory_attachment a where a.person_id = d.person_id and a.ended_on is null)
group by d.person_id, u.profile
-- ;
create unique index on plan_absence (person_id)
