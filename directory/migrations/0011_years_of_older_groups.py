from django.db import migrations

# Manual groups made before they bore a year get that of the day when they were made, as the log tells it: the
# school year of their academy that holds it, or, where none was opened, that of 1 August. The others bear none.
YEARS = """
update directory_group g
set year = coalesce(
  (select y.year from schools_schoolyear y
   where y.academy_id = made.academy_id and made.day between y.starts_on and y.ends_on),
  extract(year from made.day)::int - (extract(month from made.day) < 8)::int)
from (
  select o.id, s.academy_id, (min(a.at) at time zone 'Europe/Paris')::date as day
  from directory_group o
  join schools_school s on s.id = o.school_id
  join core_auditentry a on a.subject = o.uuid and a.verb = 'group.created'
  where o.kind = 'MANUAL' and o.year is null and not o.protected
  group by o.id, s.academy_id
) made
where made.id = g.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0010_class_sheets"),
        ("core", "0004_audit_by_time"),
        ("schools", "0002_settings"),
    ]

    operations = [migrations.RunSQL(YEARS, migrations.RunSQL.noop)]
