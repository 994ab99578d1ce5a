-- A teacher's class, which only the CSV gives: it makes the attachment where the class has a pupil.
-- reads: class_stated, plan_class, plan_person, directory_schoolclass, directory_classattachment, scope,
--        directory_detachment. writes: the run's schema (plan_class_attachment, flaw).
-- why:   an AAF set says nothing of teachers' classes and can miss none.
delete from flaw where code = 'teacher-class-unknown'
-- ;
with stated as (
    select v.person_id, v.key, v.file, v.line, v.label, v.school_id,
           coalesce(n.class_id, k.id) as class_id
    from class_stated v
    left join scope s on s.school_id = v.school_id
    left join schools_school sc on sc.id = v.school_id
    left join plan_class n
      on n.school_id = v.school_id and n.folded = core_label(v.label)
     and n.year = coalesce(s.new_class_year, sc.class_year)
    left join lateral (
        select k.id from directory_schoolclass k
        where k.school_id = v.school_id and k.folded_label = core_label(v.label) and n.class_id is null
          and k.year = coalesce(s.new_class_year, sc.class_year)
        order by k.id limit 1) k on true
    where v.kind = 'S'),
unknown as (
    insert into flaw select 'teacher-class-unknown', 'S', key, file, line, label from stated where class_id is null),
opened as (
    select distinct on (s.person_id, s.class_id) s.* from stated s
    where s.class_id is not null
      and not exists (
        select from directory_detachment d
        where d.person_id = s.person_id and d.school_id = s.school_id and d.lifted_at is null)
      and not exists (
        select from directory_classattachment a
        where a.person_id = s.person_id and a.school_class_id = s.class_id and a.ended_on is null)
    order by s.person_id, s.class_id)
insert into plan_class_attachment (id, act, role, person_id, class_id, school_id, source_before)
select nextval((select pg_get_serial_sequence('directory_classattachment', 'id')::regclass)), 'open', 'TEACHER',
       o.person_id, o.class_id, o.school_id, null
from opened o
union all
select a.id, 'end', a.role, a.person_id, a.school_class_id, k.school_id, a.source
from directory_classattachment a
join directory_schoolclass k on k.id = a.school_class_id
join plan_person p on p.person_id = a.person_id and p.kind = 'S'
join scope c on c.school_id = k.school_id and k.year = c.new_class_year
where a.ended_on is null and a.role = 'TEACHER' and a.source = %(source)s and k.school_id = %(school_id)s
  and not exists (select from stated s where s.person_id = a.person_id and s.class_id = a.school_class_id)
  and not exists (select from plan_class_attachment x where x.id = a.id)
