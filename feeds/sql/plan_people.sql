-- The people that this run speaks of, as they will be: one row each, with what was known before.
-- reads: stage_*, who, shared, parked, accounts_user. writes: the run's tables (plan_person).
-- why:   everything after is told in ids. An AAF record speaks whole: what it leaves empty is emptied, but
--        for an INE once known; the key of an account that has absorbed the record's stays. A CSV row never
--        empties what it does not know. Of a person whom the other degree told of first, nothing changes but an
--        INE unknown until now.
drop table if exists pg_temp.plan_person
-- ;
create temporary table plan_person on commit drop as
select p.kind, p.key, p.file, p.line, w.person_id, w.how, p.level, p.photo_consent,
       u.absent_since, u.pre_deleted_on, u.profile as profile_before, n.*,
       u.id is null as is_new,
       u.id is not null and (
         u.first_name, u.last_name, u.birth_name, u.other_first_names, u.civility, u.birth_date, u.email,
         u.home_phone, u.work_phone, u.mobile_phone, u.address, u.postal_code, u.city, u.country, u.ine,
         u.academy_id, u.joining_kind, u.joining_key, u.source, u.profile)
       is distinct from (
         n.first_name, n.last_name, n.birth_name, n.other_first_names, n.civility, n.birth_date, n.email,
         n.home_phone, n.work_phone, n.mobile_phone, n.address, n.postal_code, n.city, n.country, n.ine,
         n.academy_id, n.joining_kind, n.joining_key, n.source, n.profile) as changed
from stage_person p
join who w on w.kind = p.kind and w.key = p.key
left join accounts_user u on u.id = w.person_id
left join shared h on h.person_id = w.person_id
cross join lateral (
    select case p.kind when 'P' then 'PUPIL' when 'R' then 'RELATIVE'
             else case when coalesce(p.is_teacher, exists (
                 select from stage_place l
                 where l.kind = 'S' and l.key = p.key and l.function_code ~ '(ENS|DOC)')) then 'TEACHER'
               else 'STAFF' end end as profile,
           p.first_name, p.last_name,
           case when %(whole)s then p.birth_name else coalesce(nullif(p.birth_name, ''), u.birth_name, '') end as birth_name,
           case when %(whole)s then p.other_first_names
             else coalesce(nullif(p.other_first_names, ''), u.other_first_names, '') end as other_first_names,
           case when %(whole)s then p.civility else coalesce(nullif(p.civility, ''), u.civility, '') end as civility,
           coalesce(p.birth_date, u.birth_date) as birth_date,
           case when %(whole)s then p.email else coalesce(nullif(p.email, ''), u.email, '') end as email,
           case when %(whole)s then p.home_phone else coalesce(nullif(p.home_phone, ''), u.home_phone, '') end as home_phone,
           case when %(whole)s then p.work_phone else coalesce(nullif(p.work_phone, ''), u.work_phone, '') end as work_phone,
           case when %(whole)s then p.mobile_phone
             else coalesce(nullif(p.mobile_phone, ''), u.mobile_phone, '') end as mobile_phone,
           case when %(whole)s then p.address else coalesce(nullif(p.address, ''), u.address, '') end as address,
           case when %(whole)s then p.postal_code else coalesce(nullif(p.postal_code, ''), u.postal_code, '') end as postal_code,
           case when %(whole)s then p.city else coalesce(nullif(p.city, ''), u.city, '') end as city,
           case when %(whole)s then p.country else coalesce(nullif(p.country, ''), u.country, '') end as country,
           coalesce(nullif(p.ine, ''), u.ine, '') as ine,
           case when %(whole)s and w.how <> 'absorbed' then %(academy_id)s else coalesce(u.academy_id, %(academy_id)s) end as academy_id,
           case when %(whole)s and w.how <> 'absorbed' then p.kind else u.joining_kind end as joining_kind,
           case when %(whole)s and w.how <> 'absorbed' then p.key else u.joining_key end as joining_key,
           case when %(whole)s or u.id is null then %(source)s
             when u.joining_key is null then %(source)s else u.source end as source
    where h.person_id is null
    union all
    select u.profile, u.first_name, u.last_name, u.birth_name, u.other_first_names, u.civility, u.birth_date, u.email,
           u.home_phone, u.work_phone, u.mobile_phone, u.address, u.postal_code, u.city, u.country,
           coalesce(nullif(u.ine, ''), p.ine), u.academy_id, u.joining_kind, u.joining_key, u.source
    where h.person_id is not null) n
where not exists (select from parked x where x.kind = p.kind and x.key = p.key)
-- ;
create unique index on plan_person (person_id)
-- ;
analyze plan_person (kind, key, person_id, is_new, changed, absent_since)
