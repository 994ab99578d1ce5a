"""The view of who reaches what by which right; the text is a copy, as migrations import no code."""

from django.db import migrations, models

VIEW = """
-- By what right each resource is reached: (resource_id, person_id, group_id, school_id, role), read and
-- never stored. Rights flow down: those of the folders above, and their owners', are here too.
-- reads: sharing_resource, sharing_grant.
-- why:   both conditions of an inner join say the same: the first lets a list start at the grants and
--        find what lies below by the index on ancestors, the second lets one resource be checked from
--        itself by the indexes on grants.
create view sharing_reach as
select g.resource_id, g.person_id, g.group_id, null::bigint as school_id, g.role
from sharing_grant g
union all
select r.id, g.person_id, g.group_id, null::bigint, g.role
from sharing_resource r
join sharing_grant g on r.ancestors @> array[g.resource_id] and g.resource_id = any(r.ancestors)
union all
select r.id, f.owner_id, null::bigint, f.owner_school_id, 4::smallint
from sharing_resource r
join sharing_resource f on r.ancestors @> array[f.id] and f.id = any(r.ancestors)
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]

    operations = [
        migrations.RunSQL(VIEW, "drop view sharing_reach"),
        migrations.CreateModel(
            name="Reached",
            fields=[
                ("resource_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("person_id", models.BigIntegerField(null=True)),
                ("group_id", models.BigIntegerField(null=True)),
                ("school_id", models.BigIntegerField(null=True)),
                ("role", models.PositiveSmallIntegerField()),
            ],
            options={"verbose_name": "droit", "db_table": "sharing_reach", "managed": False},
        ),
    ]
