"""What the console's list of accounts costs: `python -m bench.accounts` in the measured database.

Prints one JSON object: `people`; `pages`, by scope and by what is asked, the median seconds of the first page
as it is sent, and its queries.
"""

import json
import time
from statistics import median
from typing import Any

PAGES = 7
LIST = "/administration/utilisateurs/"
ASKED = {
    "everybody": {},
    "teachers": {"profil": "TEACHER"},
    "made by hand": {"source": "MANUAL"},
    "never activated": {"etat": "never_activated"},
    "a name": {"q": "mar"},
    "a typo": {"q": "matrin"},
}


def measure() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from bench.rights import _signed_in

    settings.ALLOWED_HOSTS = ["*"]
    pages = {}
    for scope, person in _administrators().items():
        client = _signed_in(Client(), person)
        pages[scope] = {name: _page(client, query) for name, query in ASKED.items()}
    return {"people": User.objects.count(), "pages": pages}


def _administrators() -> dict[str, Any]:
    """One of the platform, of the academy, of a school: three teachers of the set, given these rights."""
    from accounts.enums import Profile, Source
    from accounts.models import User
    from core import clock
    from directory.enums import Scope
    from directory.models import Administrator
    from schools.models import School

    school = School.objects.order_by("pk").first()
    assert school is not None
    places: dict[Scope, dict[str, Any]] = {
        Scope.PLATFORM: {},
        Scope.ACADEMY: {"academy": school.academy},
        Scope.SCHOOL: {"school": school},
    }
    teachers = User.objects.filter(profile=Profile.TEACHER).order_by("-pk")[: len(places)]
    found = {}
    for person, (scope, place) in zip(teachers, places.items(), strict=True):
        now = clock.now()
        User.objects.filter(pk=person.pk).update(activated_at=now, charter_accepted_at=now)
        Administrator.objects.create(
            person=person, scope=scope, source=Source.MANUAL, since=clock.today(), **place
        )
        person.refresh_from_db()
        found[scope.value.lower()] = person
    return found


def _page(client: Any, query: dict[str, str]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(LIST, query).status_code == 200
    spent = []
    for _ in range(PAGES):
        start = time.perf_counter()
        client.get(LIST, query)
        spent.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST, query)
    return {"seconds": median(spent), "queries": len(queries)}


if __name__ == "__main__":
    print(json.dumps(measure()))
