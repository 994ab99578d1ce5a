from django.db import migrations

PEOPLE = """\
-- The people of some schools, as the console lists them there: (school_id, person_id), each once a school. Those who
-- are there, the relatives of these, and whoever was there last and is nowhere else, unless they were detached.
-- reads: directory_attachment, directory_guardianship, directory_detachment
-- why:   a checklist counts them, duplicates are looked for among them: the twin, for many schools, of
--        `querysets.scope.of_schools_by_keys`. Accounts that are on their way out, or absorbed, are left out by whoever asks.
create function directory_people_of_schools(schools bigint[])
returns table (school_id bigint, person_id bigint)
language sql stable as $$
  select a.school_id, a.person_id
  from directory_attachment a
  where a.school_id = any(schools) and a.ended_on is null
  union
  select a.school_id, t.relative_id
  from directory_attachment a
  join directory_guardianship t on t.pupil_id = a.person_id and t.ended_on is null
  where a.school_id = any(schools) and a.ended_on is null
  union
  select a.school_id, a.person_id
  from directory_attachment a
  where a.school_id = any(schools) and a.ended_on is not null
    and not exists (select from directory_attachment n where n.person_id = a.person_id and n.ended_on is null)
    and not exists (
      select from directory_attachment l
      join directory_detachment d on d.person_id = l.person_id and d.school_id = l.school_id and d.by = l.ended_by
      where l.person_id = a.person_id and l.school_id = a.school_id and l.id >= a.id)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0018_plans_kept")]

    operations = [migrations.RunSQL(PEOPLE, "drop function directory_people_of_schools")]
