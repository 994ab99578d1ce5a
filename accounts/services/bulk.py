"""Accounts by the thousand, from a relation that a higher room hands down."""

from django.db import connection, transaction

from accounts import fates
from accounts.models import User
from accounts.rules import login_base
from core import clock, sql
from core.locks import Lock, take


@transaction.atomic
def create_accounts(*, relation: str) -> int:
    """Makes the new people of a relation (columns: `accounts/sql/create_accounts.sql`), logins and all."""
    take((Lock.LOGINS, 0), timeout_ms=60_000)
    named = {"relation": relation}
    sql.run("accounts", "fill_login_bases", named)
    with connection.cursor() as cursor:
        cursor.execute(
            f'select r.person_id, r.first_name, r.last_name from "{relation}" r '
            "join pg_temp.login_base_row b using (person_id) where b.login_base is null"
        )
        left = [(login_base(first, last), person) for person, first, last in cursor.fetchall()]
        cursor.executemany("update pg_temp.login_base_row set login_base = %s where person_id = %s", left)
        cursor.execute("analyze pg_temp.login_base_row")
    return sql.run("accounts", "create_accounts", named, now=clock.now())


def update_accounts(*, relation: str) -> int:
    """Corrects who people are; logins, passwords and one's own mail stay."""
    return sql.run("accounts", "update_accounts", {"relation": relation})


def mark_absent(*, relation: str) -> int:
    """The grace begins today for the people of a relation (person_id)."""
    return sql.run("accounts", "mark_absent", {"relation": relation}, today=clock.today())


def restore_accounts(*, relation: str) -> int:
    """The people of a relation (person_id) are back, as they were."""
    return sql.run("accounts", "restore_accounts", {"relation": relation})


def put_back_accounts(*, changed: str) -> int:
    """Puts back who people were before a run (columns: `accounts/sql/put_back_accounts.sql`)."""
    return sql.run("accounts", "put_back_accounts", {"changed": changed})


@transaction.atomic
def erase_unused(*, ids: list[int]) -> set[int]:
    """Erases accounts that were never signed into; answers those kept because they were, or because they
    have absorbed another.

    Their logins are free again: nobody ever used them.
    """
    unused = list(
        User.everyone.select_for_update(of=("self",))
        .filter(pk__in=ids, activated_at__isnull=True)
        .exclude(pk__in=User.everyone.filter(merged_into__in=ids).values("merged_into"))
        .values_list("pk", flat=True)
    )
    fates.erase_all(unused)
    User.everyone.filter(pk__in=unused)._raw_delete(using=User.everyone.db)
    return set(ids) - set(unused)
