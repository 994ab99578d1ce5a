"""core_fold: names without accents or case, the SQL twin of core.text.fold."""

from django.db import migrations

# Immutable: it serves generated columns and indexes. Most names are ASCII, most others hold only the
# letters of French: each needs less work than the last, a full normalisation ten times that of the
# first. `translate` tries its whole list for each letter, so the list stays short.
FOLD = """
create function core_fold(t text) returns text language plpgsql immutable strict parallel safe as $$
declare
  s text := lower(t);
begin
  if octet_length(s) <> char_length(s) then
    s := translate(s, 'éèêëàâäçîïôöùûü’\u00a0', 'eeeeaaaciioouuu  ');
    if octet_length(s) <> char_length(s) then
      s := regexp_replace(normalize(s, NFKD), '[\u0300-\u036f]', '', 'g');
      s := replace(replace(replace(replace(s, 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'þ', 'th');
      s := translate(s, 'øłđðıŋ', 'olddin');
    end if;
  end if;
  return btrim(regexp_replace(s, '[^a-z0-9]+', ' ', 'g'));
end
$$
"""


# The names of a person, folded as one; and a class's label, of which only spaces and case do not count.
FOLD_TWO = """
create function core_fold(t text, u text) returns text language sql immutable strict parallel safe as $$
  select core_fold(t || ' ' || u)
$$
"""
LABEL = """
create function core_label(t text) returns text language sql immutable strict parallel safe as $$
  select lower(btrim(regexp_replace(t, '[[:space:]\u00a0\u202f]+', ' ', 'g')))
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "drop function core_fold(text)"),
        migrations.RunSQL(FOLD_TWO, "drop function core_fold(text, text)"),
        migrations.RunSQL(LABEL, "drop function core_label(text)"),
    ]
