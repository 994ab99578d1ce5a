-- What the run did with each school: named, turned, told of last year, listed without a record.
-- reads: scope, school_row. writes: feeds_runschool.
insert into feeds_runschool (run_id, school_id, part, role, figures)
select %(run_id)s, s.school_id, p.part, p.role,
       case when p.role = 'turned' then jsonb_build_object('entry', e.label) else '{}'::jsonb end
from scope s
left join entry_row e on e.school_id = s.school_id
cross join lateral (
    select 'F' as part, 'named' as role where s.families and not s.stale
    union all select 'S', 'named' where s.staff
    union all select 'F', 'turned' where s.turns
    union all select 'F', 'stale' where s.stale) p
where exists (select from schools_school c where c.id = s.school_id)
union all
select %(run_id)s, r.school_id, 'F', 'silent', '{}'::jsonb
from school_row r
where not exists (select from scope s where s.school_id = r.school_id)
  and exists (select from schools_school c where c.id = r.school_id)
on conflict do nothing
