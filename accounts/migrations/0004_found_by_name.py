from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import F, Func, Q

# The words by which a person is found: those of their names, and the two of their login, where compound
# names are joined. Immutable, and inlined: an index holds its answers.
WORDS = """
create function accounts_words(name text, login text) returns tsvector
language sql immutable strict parallel safe as $$
  select to_tsvector('simple'::regconfig, name || ' ' || replace(login, '.', ' '))
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_logins_without_like_indexes"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(WORDS, "drop function accounts_words(text, text)"),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["sort_name", "id"], name="user_by_name"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                fields=["profile", "sort_name", "id"],
                condition=Q(profile__in=["TEACHER", "STAFF", "GUEST"]),
                name="user_adults_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                fields=["source", "sort_name", "id"],
                condition=Q(source__in=["MANUAL", "ONDE_CSV"]),
                name="user_other_sources_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                fields=["sort_name", "id"],
                condition=Q(pre_deleted_on__isnull=False),
                name="user_pre_deleted_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="user", index=models.Index(fields=["created_at"], name="user_created_at")
        ),
        migrations.AddIndex(
            model_name="user",
            index=GinIndex(
                Func(
                    F("sort_name"),
                    F("username"),
                    function="accounts_words",
                    output_field=SearchVectorField(),
                ),
                name="user_words",
            ),
        ),
    ]
