-- One word for each person: created, restored, moved, changed, unchanged; absent for those not in the set.
-- reads: the run's schema, accounts_user, directory_*. writes: the run's tables (outcome, outcome_elsewhere).
-- why:   the first that holds is told, in that order; the others show in before and after.
drop table if exists pg_temp.outcome, pg_temp.outcome_elsewhere
-- ;
create temporary table outcome on commit drop as
with stated as (
    select person_id, min(school_id) as school_id from stated_place group by person_id),
place as (
    select a.person_id, bool_or(act = 'open') as opens, bool_or(act = 'end') as ends,
           bool_or(act = 'change' and source_before is not distinct from %(source)s) as changes,
           min(school_id) filter (where act in ('open', 'change')) as school_id,
           jsonb_agg(school_id order by school_id) filter (where act = 'end') as left_schools,
           jsonb_agg(school_id order by school_id) filter (where act = 'open') as joined_schools
    from plan_attachment a join plan_person p on p.person_id = a.person_id and not p.is_new
    group by a.person_id),
klass as (
    select a.person_id, true as changes,
           jsonb_agg(class_id order by class_id) filter (where act = 'end') as left_classes,
           jsonb_agg(class_id order by class_id) filter (where act = 'open') as joined_classes
    from plan_class_attachment a join plan_person p on p.person_id = a.person_id and not p.is_new
    where act <> 'change' group by a.person_id),
diff as (
    select p.person_id, jsonb_object_agg(o.key, o.value) as before, jsonb_object_agg(o.key, n.value) as after
    from plan_person p join accounts_user u on u.id = p.person_id,
         jsonb_each(jsonb_build_object(
           'first_name', u.first_name, 'last_name', u.last_name, 'birth_name', u.birth_name,
           'other_first_names', u.other_first_names, 'civility', u.civility, 'birth_date', u.birth_date,
           'email', u.email, 'home_phone', u.home_phone, 'work_phone', u.work_phone,
           'mobile_phone', u.mobile_phone, 'address', u.address, 'postal_code', u.postal_code, 'city', u.city,
           'country', u.country, 'ine', u.ine, 'academy_id', u.academy_id, 'joining_kind', u.joining_kind,
           'joining_key', u.joining_key, 'source', u.source, 'profile', u.profile)) o
    join jsonb_each(jsonb_build_object(
           'first_name', p.first_name, 'last_name', p.last_name, 'birth_name', p.birth_name,
           'other_first_names', p.other_first_names, 'civility', p.civility, 'birth_date', p.birth_date,
           'email', p.email, 'home_phone', p.home_phone, 'work_phone', p.work_phone,
           'mobile_phone', p.mobile_phone, 'address', p.address, 'postal_code', p.postal_code, 'city', p.city,
           'country', p.country, 'ine', p.ine, 'academy_id', p.academy_id, 'joining_kind', p.joining_kind,
           'joining_key', p.joining_key, 'source', p.source, 'profile', p.profile)) n
      on n.key = o.key and n.value is distinct from o.value
    where p.changed group by p.person_id)
select p.person_id, p.kind, 'created' as action, coalesce(a.school_id, f.school_id) as school_id, null::jsonb as before,
       null::jsonb as after
from plan_person p
left join stated f on f.person_id = p.person_id
left join (
    select person_id, min(school_id) as school_id from plan_attachment where act in ('open', 'change')
    group by person_id) a on a.person_id = p.person_id
where p.is_new
union all
select p.person_id, p.kind,
       case when p.absent_since is not null and (
              p.kind = 'R' and r.act = 'restored'
              or p.kind <> 'R' and exists (
                select from stated_place s where s.person_id = p.person_id and not s.gone)) then 'restored'
            when x.person_id is not null then 'absent'
            when coalesce(a.opens, false) then 'moved'
            when p.changed or coalesce(a.changes, a.ends, false) or coalesce(k.changes, false) then 'changed'
            else 'unchanged' end as action,
       coalesce(a.school_id, f.school_id) as school_id,
       case when p.changed or a.ends or k.changes then nullif(coalesce(diff.before, '{}'::jsonb)
         || case when a.left_schools is not null then jsonb_build_object('schools', a.left_schools) else '{}'::jsonb end
         || case when k.left_classes is not null then jsonb_build_object('classes', k.left_classes) else '{}'::jsonb end,
         '{}'::jsonb) end as before,
       case when p.changed or a.opens or k.changes then nullif(coalesce(diff.after, '{}'::jsonb)
         || case when a.joined_schools is not null then jsonb_build_object('schools', a.joined_schools) else '{}'::jsonb end
         || case when k.joined_classes is not null then jsonb_build_object('classes', k.joined_classes) else '{}'::jsonb end,
         '{}'::jsonb) end as after
from plan_person p
left join place a on a.person_id = p.person_id
left join klass k on k.person_id = p.person_id
left join plan_absence x on x.person_id = p.person_id
left join plan_relative r on r.person_id = p.person_id and p.absent_since is not null
left join stated f on f.person_id = p.person_id
left join diff on diff.person_id = p.person_id
where not p.is_new
-- ;
create unique index on outcome (person_id)
-- ;
-- people of whom the set says nothing: absent, moved out of one school, or back through a child
create temporary table outcome_elsewhere on commit drop as
select x.person_id, x.kind, 'absent' as action, x.school_id from plan_absence x
where not exists (select from plan_person p where p.person_id = x.person_id)
union all
select r.person_id, 'R', r.act, null from plan_relative r
where not exists (select from plan_person p where p.person_id = r.person_id)
union all
select a.person_id, a.kind, 'moved', a.school_id from plan_attachment a
where a.reason = 'elsewhere'
-- ;
-- relatives in the set whose last child is gone
update outcome o set action = 'absent' from plan_relative r
where r.person_id = o.person_id and r.act = 'absent'
