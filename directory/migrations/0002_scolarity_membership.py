"""The view of who is in which group of scolarity; the text is a copy, as migrations import no code."""

from django.db import migrations

VIEW = """
-- Who is in which group of scolarity: (group_id, person_id, through_id), read and never stored.
-- reads: directory_group, directory_attachment, directory_classattachment, directory_guardianship,
--        directory_tierestriction; the view belongs to the directory alone, so that accounts' columns
--        stay free to change.
-- why:   nothing has to be derived after a feed and nothing can go stale. Pre-deleted persons and
--        throughs, and blocked schools, are left out by the querysets that read it.
create view directory_scolarity_membership as
-- pupils and teachers of a class
select g.id as group_id, c.person_id, c.person_id as through_id
from directory_classattachment c
join directory_group g on g.school_class_id = c.school_class_id and g.profile = c.role and g.kind = 'CLASS'
where c.ended_on is null
union all
-- relatives of a class, through a pupil: not those whose tie a director ended or limited
select g.id, t.relative_id, t.pupil_id
from directory_classattachment c
join directory_group g on g.school_class_id = c.school_class_id and g.profile = 'RELATIVE' and g.kind = 'CLASS'
join directory_guardianship t on t.pupil_id = c.person_id and t.ended_on is null
where c.ended_on is null and c.role = 'PUPIL'
  and not exists (
    select from directory_tierestriction r
    where r.pupil_id = t.pupil_id and r.relative_id = t.relative_id and r.lifted_at is null)
union all
-- a school, by profile
select g.id, a.person_id, a.person_id
from directory_attachment a
join directory_group g on g.school_id = a.school_id and g.profile = a.profile and g.kind = 'SCHOOL'
where a.ended_on is null
union all
-- relatives of a school, through a pupil: not those whose tie a director ended
select g.id, t.relative_id, t.pupil_id
from directory_attachment a
join directory_group g on g.school_id = a.school_id and g.profile = 'RELATIVE' and g.kind = 'SCHOOL'
join directory_guardianship t on t.pupil_id = a.person_id and t.ended_on is null
where a.ended_on is null and a.profile = 'PUPIL'
  and not exists (
    select from directory_tierestriction r
    where r.pupil_id = t.pupil_id and r.relative_id = t.relative_id and r.lifted_at is null
      and r."limit" = 'ENDED')
union all
-- the direction of a school
select g.id, a.person_id, a.person_id
from directory_attachment a
join directory_group g on g.school_id = a.school_id and g.kind = 'DIRECTION'
where a.ended_on is null and a.is_head
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunSQL(VIEW, "drop view directory_scolarity_membership")]
