"""The same seed gives the same life, in whatever process, after whatever other test: what is drawn outside of the
seed, and what is left from before, is taken away.

A life's tables are new files (rows lie in the order in which it wrote them), its sequences begin at 1, keys that
Python and PostgreSQL draw follow from the seed, and the machine's clock advances by a tick each time it is read.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from unittest import mock

from django.db import connection

from tests.feeds.whole import whole

TICK = timedelta(milliseconds=1)
BEGINS = datetime(2026, 6, 1, tzinfo=UTC)
#: What migrations fill: it is never written in a life.
FILLED = ("django_migrations", "django_content_type")
#: What a column draws by itself, and what says the same each time.
DRAWN = {
    "gen_random_uuid()": "public.gen_random_uuid()",
    "statement_timestamp()": f"timestamptz '{BEGINS.isoformat()}'",
}
NUMBERED_UUIDS = """
    create sequence public.drawn_uuids;
    create function public.gen_random_uuid() returns uuid language sql volatile
    return md5(nextval('public.drawn_uuids')::text)::uuid;
"""


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """A block, in a transaction that is rolled back, of which nothing depends on anything but its seed."""
    drawn, instant = Random(seed), BEGINS

    def tick() -> datetime:
        nonlocal instant
        instant += TICK
        return instant

    with (
        mock.patch("os.urandom", drawn.randbytes),
        mock.patch.object(random, "_urandom", drawn.randbytes),
        mock.patch("django.utils.timezone.now", tick),
    ):
        _begin_anew()
        yield


def fingerprint() -> str:
    """Of all that the database holds, but for runs of feeds, which say how many seconds each part took."""
    return sha256(repr(whole(but=("feeds_feedrun",))).encode()).hexdigest()[:12]


def _begin_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        tables = [name for (name,) in cursor.fetchall() if name not in FILLED]
        cursor.execute(f"truncate {', '.join(tables)} restart identity")
        cursor.execute(NUMBERED_UUIDS)
        cursor.execute(
            "select table_name, column_name, column_default from information_schema.columns"
            " where table_schema = 'public' and column_default = any(%s)",
            [list(DRAWN)],
        )
        for table, column, drawn in cursor.fetchall():
            cursor.execute(f"alter table {table} alter column {column} set default {DRAWN[drawn]}")
        # Statements that name the function find this one first.
        cursor.execute("set local search_path = public, pg_catalog")
