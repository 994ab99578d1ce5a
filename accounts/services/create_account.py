"""One account made by hand. Feeds make theirs by the thousand, in SQL, under the same lock."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.enums import Profile, Source
from accounts.models import RetiredLogin, User
from accounts.rules import login_base, login_of
from core import audit, clock
from core.audit import Someone
from core.locks import Lock, take
from schools.models import Academy

ALL_LOGINS = 0


def create_account(
    *,
    by: Someone | None,
    profile: Profile,
    first_name: str,
    last_name: str,
    birth_date: date | None = None,
    civility: str = "",
    email: str = "",
    academy: Academy | None = None,
) -> User:
    """Makes an account, never activated: its login is kept for life, its code can be printed at once.

    Raises Busy when a feed is giving logins.
    """
    with audit.acting(by=by):
        base = login_base(first_name, last_name)
        number = next_number(base)
        person = User.objects.create(
            profile=profile,
            first_name=first_name.strip(),
            last_name=last_name.strip(),
            birth_date=birth_date,
            civility=civility,
            email=email,
            academy=academy,
            source=Source.MANUAL,
            login_base=base,
            login_number=number,
            username=login_of(base, number),
            created_at=clock.now(),
        )
        audit.record("account.created", subject=person.uuid, after={"login": person.username})
    return person


@transaction.atomic
def next_number(base: str) -> int:
    """The first number that nobody has, nor had, for this login base; held until the transaction ends."""
    take((Lock.LOGINS, ALL_LOGINS))
    held = User.everyone.filter(login_base=base).aggregate(n=Max("login_number"))["n"] or 0
    retired = RetiredLogin.objects.filter(login_base=base).aggregate(n=Max("login_number"))["n"] or 0
    return max(held, retired) + 1
