"""What a right costs, few grants or many: `python -m bench.rights GRANTS` in the measured database.

Fills it up to so many grants, then prints one JSON object: `grants`; `right`, the 95th percentile of one
right checked, in seconds; `list`, by grants in reach, the seconds and the queries of the page « Partagés avec
moi »; `withdraw`, the seconds of a rollover's withdrawal of an academy's ending grants, and `delete`, those
of the bare SQL delete of the same rows.
"""

import json
import sys
import time
from statistics import median, quantiles
from typing import Any

CHECKS = 400
PAGES = 7
IN_REACH = (10, 40_000)


def measure(grants: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connection

    from bench import grants as rows

    connection.ensure_connection()
    cursor = connection.cursor().cursor
    there = rows.fill(cursor, grants)
    told: dict[str, Any] = {"grants": there, "right": _right(connection)}
    told["list"] = {str(reach): _list(connection, reach) for reach in IN_REACH if reach < there}
    told.update(_withdraw(connection))
    return told


def _right(connection: Any) -> float:
    """Of many people and resources, one right each: half of them held, half not."""
    from accounts.models import User
    from sharing.models import Grant, Resource
    from sharing.querysets import reach_of, role_on

    held = list(
        Grant.objects.filter(person__isnull=False)
        .order_by("given_by")
        .values_list("person", "resource")[:CHECKS]
    )
    people = User.objects.in_bulk({person for person, _ in held})
    resources = list(Resource.objects.filter(pk__in=[resource for _, resource in held]))
    by_key = {resource.pk: resource for resource in resources}
    spent = []
    for number, (person, resource) in enumerate(held):
        asked = by_key[resource] if number % 2 else resources[number % len(resources)]
        reach = reach_of(people[person])
        start = time.perf_counter()
        role_on(people[person], asked, reach)
        spent.append(time.perf_counter() - start)
    return quantiles(spent[20:], n=20)[-1]


def _list(connection: Any, reach: int) -> dict[str, Any]:
    """The page, as it is sent to a teacher who has so many grants by name: median seconds, queries."""
    from django.conf import settings
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.enums import Profile
    from accounts.models import User
    from bench import grants as rows
    from core import clock

    settings.ALLOWED_HOSTS = ["*"]
    teachers = User.objects.filter(profile=Profile.TEACHER).order_by("-pk")
    person = teachers[IN_REACH.index(reach)]
    User.objects.filter(pk=person.pk).update(activated_at=clock.now(), charter_accepted_at=clock.now())
    person.refresh_from_db()
    rows.put_in_reach(connection.cursor().cursor, person.pk, reach)
    client = _signed_in(Client(), person)
    assert client.get("/partages/").status_code == 200
    spent = []
    for _ in range(PAGES):
        start = time.perf_counter()
        client.get("/partages/")
        spent.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as queries:
        client.get("/partages/")
    return {"seconds": median(spent), "queries": len(queries)}


def _signed_in(client: Any, person: Any) -> Any:
    from django.http import HttpRequest

    from accounts import sessions

    request = HttpRequest()
    request.session = client.session
    sessions.begin(request, person)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client


def _withdraw(connection: Any) -> dict[str, Any]:
    """The same rows deleted bare, taken back, then withdrawn as a rollover does, taken back."""
    from django.db import transaction

    from sharing.enums import Reason
    from sharing.services.withdraw import withdraw_relation

    ending = (
        "create temporary table bench_ending as select g.id as grant_id, o.school_id, null::uuid as cause "
        "from sharing_grant g join directory_group o on o.id = g.group_id where g.year < 2026"
    )
    cursor = connection.cursor()
    cursor.execute(ending)
    cursor.execute("select count(*) from bench_ending")
    (count,) = cursor.fetchone()
    bare, ours = [], []
    for _ in range(3):
        for spent, act in (
            (
                bare,
                lambda: cursor.execute(
                    "delete from sharing_grant g using bench_ending e where g.id = e.grant_id"
                ),
            ),
            (ours, lambda: withdraw_relation(relation="bench_ending", reason=Reason.ROLLOVER, by=None)),
        ):
            with transaction.atomic():
                start = time.perf_counter()
                act()
                spent.append(time.perf_counter() - start)
                transaction.set_rollback(True)
    return {"ended": count, "delete": median(bare), "withdraw": median(ours)}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
