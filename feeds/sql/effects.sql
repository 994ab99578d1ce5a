-- What a run writes, so that it can be taken back: rows added by the thousand, changed ones with both values.
-- reads: the run's schema, accounts_user, directory_*, schools_school.
-- writes: feeds_effect, the run's tables (head_before).
-- why:   taken before anything is written, from the plan's own rows.
drop table if exists pg_temp.head_before
-- ;
insert into feeds_effect (run_id, entity, action, ids)
select %(run_id)s, entity, 'insert', ids
from (
    select 'user' as entity, array_agg(person_id) as ids from plan_person where is_new group by person_id / 2000
    union all
    select 'school', array_agg(school_id) from school_row where is_new group by school_id / 2000
    union all
    select 'class', array_agg(class_id) from plan_class where is_new group by class_id / 2000
    union all
    select 'attachment', array_agg(id) from plan_attachment where act = 'open' group by id / 2000
    union all
    select 'class_attachment', array_agg(id) from plan_class_attachment where act = 'open' group by id / 2000
    union all
    select 'tie', array_agg(id) from plan_tie where act = 'open' group by id / 2000) added
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'user', 'update', array[p.person_id], o.before - '{schools,classes}'::text[],
       o.after - '{schools,classes}'::text[]
from plan_person p join outcome o using (person_id) where p.changed
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'user', 'update', array[u.id],
       jsonb_build_object('absent_since', u.absent_since, 'pre_deleted_on', u.pre_deleted_on)
         || case when n.back then jsonb_build_object('leaving_told_on', u.leaving_told_on, 'objected_at', u.objected_at)
            else '{}' end,
       jsonb_build_object('absent_since', n.absent_since, 'pre_deleted_on', null)
         || case when n.back then '{"leaving_told_on": null, "objected_at": null}'::jsonb else '{}' end
from (
    select person_id, null::date as absent_since, true as back from coming_back
    union all
    select person_id, %(today)s, false from leaving) n
join accounts_user u on u.id = n.person_id
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'attachment', 'update', array[a.id],
       case p.act when 'end' then jsonb_build_object('ended_on', null, 'ended_by', null)
         else jsonb_build_object('profile', a.profile, 'function_code', a.function_code,
           'function_label', a.function_label, 'is_head', a.is_head, 'level', a.level, 'source', a.source) end,
       case p.act when 'end' then jsonb_build_object('ended_on', greatest(%(today)s, a.since), 'ended_by', %(run)s)
         else jsonb_build_object('profile', p.profile, 'function_code', p.function_code,
           'function_label', p.function_label, 'is_head', p.is_head, 'level', p.level, 'source', %(source)s) end
from plan_attachment p join directory_attachment a on a.id = p.id
where p.act in ('end', 'change')
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'class_attachment', 'update', array[a.id],
       case p.act when 'end' then jsonb_build_object('ended_on', null, 'ended_by', null)
         else jsonb_build_object('source', a.source) end,
       case p.act when 'end' then jsonb_build_object('ended_on', greatest(%(today)s, a.since), 'ended_by', %(run)s)
         else jsonb_build_object('source', %(source)s) end
from plan_class_attachment p join directory_classattachment a on a.id = p.id
where p.act in ('end', 'change')
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'tie', 'update', array[g.id],
       case t.act when 'end' then jsonb_build_object('ended_on', null, 'ended_by', null) else t.before end,
       case t.act when 'end' then jsonb_build_object('ended_on', greatest(%(today)s, g.since), 'ended_by', %(run)s)
         else jsonb_build_object('rank', t.rank, 'tie_kind', t.tie_kind, 'legal', t.legal, 'contact', t.contact,
           'payer', t.payer, 'source', %(source)s) end
from plan_tie t join directory_guardianship g on g.id = t.id
where t.act in ('end', 'change')
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'class', 'update', array[c.id], jsonb_build_object('label', c.label, 'key', c.key),
       jsonb_build_object('label', p.label, 'key', coalesce(p.key, c.key))
from plan_class p join directory_schoolclass c on c.id = p.class_id where p.changed
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'school', 'update', array[s.id],
       jsonb_build_object('district_id', s.district_id, 'uai', s.uai, 'joining_key', s.joining_key, 'kind', s.kind,
         'name', coalesce(nullif(s.fed_name, ''), s.name), 'private', s.private, 'address', s.address, 'postal_code', s.postal_code, 'city', s.city,
         'phone', s.phone, 'email', s.email),
       null
from school_row r join schools_school s on s.id = r.school_id where r.changed
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'years', 'update', array[s.id],
       jsonb_build_object('running_year', s.running_year, 'class_year', s.class_year), null
from schools_school s
where s.id in (select school_id from year_row) or s.id in (select school_id from turn_row)
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'consent', 'update', array[c.id], jsonb_build_object('allowed', c.allowed, 'said_on', c.said_on),
       jsonb_build_object('allowed', p.photo_consent, 'said_on', %(today)s)
from plan_person p
join directory_photoconsent c on c.pupil_id = p.person_id and c.said_by = 'ONDE' and c.relative_id is null
where p.photo_consent <> c.allowed
-- ;
-- of a pupil known already: a new one's goes with the account
insert into feeds_effect (run_id, entity, action, ids)
select %(run_id)s, 'consent_of', 'insert', array_agg(p.person_id)
from plan_person p
where p.photo_consent is not null and not p.is_new
  and not exists (
    select from directory_photoconsent c
    where c.pupil_id = p.person_id and c.said_by = 'ONDE' and c.relative_id is null)
having count(*) > 0
-- ;
-- who administers by being the director, to be compared once the new ones are named
create temporary table head_before on commit drop as
select d.id from directory_administrator d join staff_school using (school_id)
where d.scope = 'SCHOOL' and d.source <> 'MANUAL' and d.ended_on is null
