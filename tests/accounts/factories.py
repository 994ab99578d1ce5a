"""People for tests.

Traits: `teacher`, `staff`, `pupil` (the default), `relative`, `guest`; `activated` (password
`PASSWORD`), `absent`, `pre_deleted`, `fed` (with a joining key of the academy given).
"""

from datetime import UTC, date, datetime
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from django.db import connection
from factory.django import DjangoModelFactory

from accounts.enums import JoiningKind, Profile, Source
from accounts.models import RetiredLogin, User
from accounts.rules import login_base, login_of
from tests.schools.factories import AcademyFactory

PASSWORD = "tableau noir et craie"

FIRST_NAMES = ["Zoé", "Maël", "Inès", "Noé", "Jade", "Lina", "Gaspard", "Anouk", "Côme", "Salomé"]
LAST_NAMES = ["Béranger", "Le Goff", "D’Artigny", "Morel", "Diallo", "Œsterlé", "Nguyen", "Roussel"]

_KINDS = {
    Profile.PUPIL: JoiningKind.PUPIL,
    Profile.RELATIVE: JoiningKind.RELATIVE,
    Profile.TEACHER: JoiningKind.STAFF,
    Profile.STAFF: JoiningKind.STAFF,
}

HIGHEST = """
    select coalesce(max(n), 0) from (
      select max(login_number) from accounts_user where login_base = %s
      union all select max(login_number) from accounts_retiredlogin where login_base = %s) taken (n)
"""


@cache
def password_hash() -> str:
    """`PASSWORD` hashed once: argon2 is slow on purpose."""
    return make_password(PASSWORD)


def next_number(base: str) -> int:
    """The first number free for a login base."""
    with connection.cursor() as cursor:
        cursor.execute(HIGHEST, [base, base])
        (highest,) = cursor.fetchone()
    return int(highest) + 1


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = User

    class Params:
        teacher = factory.Trait(profile=Profile.TEACHER, civility="Mme", birth_date=date(1985, 4, 2))
        staff = factory.Trait(profile=Profile.STAFF, civility="M.", birth_date=date(1979, 11, 20))
        pupil = factory.Trait(profile=Profile.PUPIL, birth_date=date(2018, 3, 14))
        relative = factory.Trait(profile=Profile.RELATIVE, civility="Mme", birth_date=None)
        guest = factory.Trait(profile=Profile.GUEST, birth_date=None)
        activated = factory.Trait(
            password=factory.LazyFunction(password_hash),
            activated_at=datetime(2026, 9, 7, 8, 30, tzinfo=UTC),
            code_open=False,
        )
        absent = factory.Trait(absent_since=date(2026, 10, 1))
        pre_deleted = factory.Trait(absent_since=date(2026, 9, 1), pre_deleted_on=date(2026, 10, 1))
        fed = factory.Trait(
            academy=factory.SubFactory(AcademyFactory),
            source=Source.AAF1D,
            joining_kind=factory.LazyAttribute(lambda o: _KINDS[Profile(o.profile)]),
            joining_key=factory.Sequence(lambda n: str(4_000_000 + n)),
        )

    profile = Profile.PUPIL
    first_name = factory.Sequence(lambda n: FIRST_NAMES[n % len(FIRST_NAMES)])
    last_name = factory.Sequence(lambda n: LAST_NAMES[n // len(FIRST_NAMES) % len(LAST_NAMES)])
    login_base = factory.LazyAttribute(lambda o: login_base(o.first_name, o.last_name))
    login_number = factory.LazyAttribute(lambda o: next_number(o.login_base))
    username = factory.LazyAttribute(lambda o: login_of(o.login_base, o.login_number))


class RetiredLoginFactory(DjangoModelFactory):
    class Meta:
        model = RetiredLogin

    login_base = "zoe.beranger"
    login_number = 1
