-- The plan as people read it: who is created, restored, moved, changed or absent, with values before and after.
-- reads: the run's schema, accounts_user, schools_school. writes: feeds_planrow.
-- why:   report, dry run and undo's account tell the very rows that apply works from; the unchanged are counted.
insert into feeds_planrow (run_id, kind, action, person_id, school_id, label, before, after)
select %(run_id)s, case p.kind when 'P' then 'pupils' when 'R' then 'relatives' else 'staff' end, d.action,
       p.person_id, d.school_id, p.last_name || ' ' || p.first_name, d.before, d.after
from plan_person p
join outcome d on d.person_id = p.person_id
where d.action <> 'unchanged'
-- ;
insert into feeds_planrow (run_id, kind, action, person_id, school_id, label)
select %(run_id)s, case x.kind when 'P' then 'pupils' when 'R' then 'relatives' else 'staff' end, x.action,
       x.person_id, x.school_id, u.last_name || ' ' || u.first_name
from outcome_elsewhere x join accounts_user u on u.id = x.person_id
-- ;
insert into feeds_planrow (run_id, kind, action, school_id, label, before, after)
select %(run_id)s, 'classes', case when is_new then 'created' else 'changed' end, school_id, label,
       case when label_before is not null then jsonb_build_object('label', label_before) end,
       jsonb_build_object('label', label, 'year', year)
from plan_class where is_new or changed
-- ;
insert into feeds_planrow (run_id, kind, action, school_id, label)
select %(run_id)s, 'schools', case when is_new then 'created' else 'changed' end, school_id, name
from school_row where is_new or changed
-- ;
insert into feeds_planrow (run_id, kind, action, person_id, label, before, after)
select %(run_id)s, 'ties', case t.act when 'change' then 'changed' else 'absent' end, t.pupil_id,
       r.last_name || ' ' || r.first_name || ' – ' || p.last_name || ' ' || p.first_name, t.before,
       case t.act when 'change' then jsonb_build_object(
         'rank', t.rank, 'tie_kind', t.tie_kind, 'legal', t.legal, 'contact', t.contact, 'payer', t.payer) end
from plan_tie t
join accounts_user r on r.id = t.relative_id
join accounts_user p on p.id = t.pupil_id
where t.act <> 'open'
