"""What the console's list of accounts costs: `python -m bench.accounts` in the measured database.

Prints one JSON object: `people`; `pages`, by scope and by what is asked, the median seconds of the page as it
is sent, and its queries.
"""

import json
import re
import time
from statistics import median
from typing import Any

PAGES = 7
LIST = "/administration/utilisateurs/"
DOUBLES = f"{LIST}doublons/"
ASKED = {
    "everybody": {},
    "teachers": {"profil": "TEACHER"},
    "made by hand": {"source": "MANUAL"},
    "never activated": {"etat": "never_activated"},
    "blocked": {"etat": "blocked"},
    "teachers without a class": {"sans_classe": "1"},
    "new": {"depuis": "2026-08-01"},
    "three letters": {"q": "mar"},
    "a first name": {"q": "louise"},
    "a typo": {"q": "matrin"},
}
CLASSES = """
insert into directory_classattachment (person_id, school_class_id, role, source, since)
select t.person_id, c.id, 'TEACHER', 'MANUAL', current_date
from (
  select person_id, school_id, row_number() over (partition by school_id order by person_id) as place
  from directory_attachment
  where profile = 'TEACHER' and ended_on is null and school_id % 50 <> 0
) t
join (
  select id, school_id, row_number() over (partition by school_id order by id) as place,
    count(*) over (partition by school_id) as number
  from directory_schoolclass
) c on c.school_id = t.school_id and c.place = 1 + t.place % c.number
"""


def measure() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from bench.rights import _signed_in

    settings.ALLOWED_HOSTS = ["*"]
    rare, common = _functions()
    asked = ASKED | {"a common function": {"fonction": common}, "a rare function": {"fonction": rare}}
    _block_some()
    _give_classes()
    pages = {}
    for scope, person in _administrators().items():
        client = _signed_in(Client(), person)
        pages[scope] = {name: _page(client, LIST, query) for name, query in asked.items()}
        pages[scope]["the second page"] = _page(client, LIST, {"apres": _last_of_the_first(client)})
        pages[scope]["page of duplicates"] = _page(client, DOUBLES, {})
    return {"people": User.objects.count(), "pages": pages}


def _functions() -> tuple[str, str]:
    """The rarest and the commonest of the set, in the feed's words."""
    from django.db.models import Count

    from directory.models import Attachment

    labels = Attachment.objects.exclude(function_label="").values_list("function_label")
    ordered = labels.annotate(times=Count("pk")).order_by("times").values_list("function_label", flat=True)
    found = list(ordered)
    return found[0], found[-1]


def _block_some() -> None:
    """The relatives of the first school, and a teacher of the last."""
    from accounts.enums import Profile
    from core import clock
    from directory.models import Attachment, Block
    from schools.models import School

    first, last = School.objects.order_by("pk").first(), School.objects.order_by("pk").last()
    teacher = Attachment.objects.filter(school=last, profile=Profile.TEACHER).select_related("person").first()
    assert first is not None
    assert teacher is not None
    for place in ({"school": first, "profile": Profile.RELATIVE}, {"person": teacher.person}):
        Block.objects.get_or_create(**place, defaults={"starts_at": clock.now(), "by": teacher.person.uuid})


def _give_classes() -> None:
    """A class of their school for each teacher, but in one school of fifty: no feed gives any."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(CLASSES)
        cursor.execute("analyze directory_classattachment")


def _administrators() -> dict[str, Any]:
    """One of the platform, of the academy, of a district, of a school: four teachers, given these rights."""
    from accounts.enums import Profile, Source
    from accounts.models import User
    from core import clock
    from directory.enums import Scope
    from directory.models import Administrator
    from schools.models import School

    school = School.objects.filter(district__isnull=False).order_by("pk").first()
    assert school is not None
    places: dict[Scope, dict[str, Any]] = {
        Scope.PLATFORM: {},
        Scope.ACADEMY: {"academy": school.academy},
        Scope.DISTRICT: {"district": school.district},
        Scope.SCHOOL: {"school": school},
    }
    teachers = User.objects.filter(profile=Profile.TEACHER, administrator=None).order_by("-pk")
    found = {}
    for person, (scope, place) in zip(list(teachers[: len(places)]), places.items(), strict=True):
        now = clock.now()
        User.objects.filter(pk=person.pk).update(activated_at=now, charter_accepted_at=now)
        Administrator.objects.create(
            person=person, scope=scope, source=Source.MANUAL, since=clock.today(), **place
        )
        person.refresh_from_db()
        found[scope.value.lower()] = person
    return found


def _last_of_the_first(client: Any) -> str:
    """Whom the second page of everybody comes after."""
    found = re.search(r"\?apres=([0-9a-f-]{36})", client.get(LIST).content.decode())
    assert found is not None
    return found[1]


def _page(client: Any, address: str, query: dict[str, str]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(address, query).status_code == 200
    spent = []
    for _ in range(PAGES):
        start = time.perf_counter()
        client.get(address, query)
        spent.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as queries:
        client.get(address, query)
    return {"seconds": median(spent), "queries": len(queries)}


if __name__ == "__main__":
    print(json.dumps(measure()))
