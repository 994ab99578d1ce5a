-- Opens the groups that schools and classes lack: of a class one for its pupils, teachers and
-- relatives; of a school one per profile, its direction, and the protected « Resp Affect Gar ».
-- reads:  schools_school, directory_schoolclass
-- writes: directory_group
-- locks:  the rows it writes; two runs at once are told apart by the unique indexes
-- why:    a group is there as soon as its school or class is; its members are read, never stored
-- params: school_ids: the schools to look at (their classes with them), null for all
insert into directory_group (kind, school_id, school_class_id, profile, name, protected)
select 'CLASS', c.school_id, c.id, p.profile, '', false
from directory_schoolclass c
cross join unnest(array['PUPIL', 'TEACHER', 'RELATIVE']) as p (profile)
where (%(school_ids)s::bigint[] is null or c.school_id = any(%(school_ids)s::bigint[]))
  and not exists (
    select from directory_group g
    where g.kind = 'CLASS' and g.school_class_id = c.id and g.profile = p.profile)
union all
select 'SCHOOL', s.id, null, p.profile, '', false
from schools_school s
cross join unnest(array['TEACHER', 'STAFF', 'PUPIL', 'RELATIVE', 'GUEST']) as p (profile)
where (%(school_ids)s::bigint[] is null or s.id = any(%(school_ids)s::bigint[]))
  and not exists (
    select from directory_group g
    where g.kind = 'SCHOOL' and g.school_id = s.id and g.profile = p.profile)
union all
select 'DIRECTION', s.id, null, null, '', false
from schools_school s
where (%(school_ids)s::bigint[] is null or s.id = any(%(school_ids)s::bigint[]))
  and not exists (select from directory_group g where g.kind = 'DIRECTION' and g.school_id = s.id)
union all
select 'MANUAL', s.id, null, null, 'Resp Affect Gar', true
from schools_school s
where (%(school_ids)s::bigint[] is null or s.id = any(%(school_ids)s::bigint[]))
  and not exists (
    select from directory_group g
    where g.school_id = s.id and g.protected and g.name = 'Resp Affect Gar')
on conflict do nothing
