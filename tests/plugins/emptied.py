"""After a test that really commits, only tables that hold something are emptied.

Django truncates all of them, which makes new files for each table and each of its indexes: half a second a test.
Kinds of content, which Django writes once the tables are made, stay: no test changes them.
"""

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

#: A table is locked as `truncate` would: a request that still writes is waited for, and what it wrote goes too.
#: Keys and triggers do not speak while rows go.
EMPTY = """
do $$
declare held text[] := array(
    select format('%I', c.relname) from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname <> all('{django_migrations,django_content_type}') and pg_relation_size(c.oid) > 0
    order by c.relname);
declare each text;
begin
    if held = '{}' then return; end if;
    execute 'lock table ' || array_to_string(held, ', ') || ' in access exclusive mode';
    set local session_replication_role = replica;
    foreach each in array held loop
        execute 'delete from ' || each;
    end loop;
end $$
"""


def _empty(self: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EMPTY)


TransactionTestCase._fixture_teardown = _empty
