"""What messages and the first page cost: `python -m bench.messages` in the measured database.

Prints one JSON object. `people`; `send`: the mean seconds of a message written and sent to one person, a whole
request of the page; `inbox`: the median seconds of the first page of « Reçus », by messages in the box; `deliver`:
by recipients, the seconds of a delivery, of one in quiet hours, and `bare`, those of the bare inserts of the same
copies, all committed; `home`: requests a second of each profile's first page, and `bare`, those of an empty view
with one query, over HTTP from the same server behind the same middleware.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from statistics import mean, median
from typing import Any
from zoneinfo import ZoneInfo

SENT = 40
PAGES = 7
TIMES = 3
REQUESTS = 150
IN_BOX = (100, 100_000)
RECIPIENTS = (1_000, 100_000)
PARIS = ZoneInfo("Europe/Paris")
BY_DAY, BY_NIGHT = datetime(2026, 11, 24, 10, tzinfo=PARIS), datetime(2026, 11, 24, 22, tzinfo=PARIS)

FILL = """
with written as (
  insert into messaging_message (uuid, thread, author_id, author_name, author_profile, state, subject, body, text,
    addressed, weight, changed_at, sent_at, no_reply, urgent, reached)
  select gen_random_uuid(), gen_random_uuid(), a.ids[1 + n %% cardinality(a.ids)], 'Aline Mesure', 'TEACHER', 'SENT',
    'Sortie n° ' || n, '<p>Rendez-vous mardi à huit heures devant l’école.</p>',
    'Rendez-vous mardi à huit heures devant l’école.', 'Parents de la classe', 0, now(), now(), false, false, 1
  from generate_series(1, %(messages)s) n,
    (select array_agg(id order by id) as ids from accounts_user where profile in ('TEACHER', 'STAFF')) a
  returning id
)
insert into messaging_copy (person_id, message_id, box, line, at)
select %(person)s, id, 'IN', 'TO', timestamptz '2026-11-23 10:00+01' - id * interval '1 minute' from written
"""
BARE = """
insert into messaging_copy (person_id, message_id, box, line, at)
select person_id, %(message)s, 'IN', 'TO', %(now)s from bench_recipients
"""


def measure() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings

    from accounts.models import User
    from core import clock

    settings.ALLOWED_HOSTS = ["*"]
    people = _people()
    with clock.at(BY_DAY):
        told: dict[str, Any] = {"people": User.objects.count(), "send": _send(people)}
        told["deliver"] = {
            str(number): _deliver(people["director"], number)
            for number in RECIPIENTS
            if number <= 1.1 * told["people"]
        }
        told["inbox"] = {str(number): _inbox(people[who], number) for who, number in _boxes()}
    return told | {"home": _homes(people)}


def _boxes() -> list[tuple[str, int]]:
    return list(zip(("teacher", "colleague"), IN_BOX, strict=True))


def _people() -> dict[str, Any]:
    """One of each kind, of a school with a director, each with an account in use."""
    from accounts.enums import Profile, Source
    from accounts.models import User
    from core import clock
    from directory.enums import Scope
    from directory.models import Administrator, Attachment, Guardianship

    tie = (
        Guardianship.objects.filter(ended_on__isnull=True)
        .select_related("relative", "pupil")
        .order_by("pk")
        .first()
    )
    assert tie is not None
    school = Attachment.objects.filter(person=tie.pupil, ended_on__isnull=True).latest("pk").school
    team = User.objects.filter(
        attachment__school=school, attachment__ended_on__isnull=True, profile=Profile.TEACHER
    )
    teacher, colleague, director = team.order_by("pk").distinct()[:3]
    Administrator.objects.get_or_create(
        person=director,
        defaults={"scope": Scope.SCHOOL, "school": school, "source": Source.MANUAL, "since": clock.today()},
    )
    found = {
        "pupil": tie.pupil,
        "relative": tie.relative,
        "teacher": teacher,
        "colleague": colleague,
        "director": director,
    }
    now = clock.now()
    keys = [person.pk for person in found.values()]
    User.objects.filter(pk__in=keys).update(activated_at=now, charter_accepted_at=now)
    for person in found.values():
        person.refresh_from_db()
    return found


def _send(people: dict[str, Any]) -> float:
    """A teacher to a colleague: the form posted as a browser posts it, until the answer is there."""
    from django.test import Client

    from bench.rights import _signed_in
    from messaging.models import Message

    client = _signed_in(Client(), people["teacher"])
    chosen = f"TO|person:{people['colleague'].uuid}"
    spent = []
    for number in range(SENT):
        posted = {
            "act": "send",
            "objet": f"Conseil {number}",
            "texte": f"À mardi, salle {number}.",
            "dest": chosen,
        }
        start = time.perf_counter()
        answer = client.post("/messagerie/ecrire/", posted)
        spent.append(time.perf_counter() - start)
        assert answer.status_code == 302, answer.content[:2_000]
    assert Message.objects.filter(author=people["teacher"], state="SENT").count() >= SENT
    return mean(spent[5:])


def _deliver(director: Any, number: int) -> dict[str, float]:
    """A group of so many, written to by a director: rules asked, copies made, counts kept."""
    from django.db import connection, transaction

    from core import clock
    from directory.enums import GroupKind
    from directory.models import Attachment, Group
    from messaging.enums import Line
    from messaging.models import Copy
    from messaging.services.deliver import deliver
    from messaging.services.writing import Target

    school = Attachment.objects.filter(person=director, ended_on__isnull=True).latest("pk").school
    group = Group.objects.create(kind=GroupKind.MANUAL, school=school, name=f"Mesure {number}")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into directory_membership (person_id, group_id, added_at) select id, %s, now() "
            "from accounts_user where merged_into_id is null and id <> %s order by id limit %s",
            [group.pk, director.pk, number],
        )
        cursor.execute("analyze directory_membership")

    def delivered(at: datetime) -> float:
        with clock.at(at):
            message = _ready(director, Target(Line.TO, group=group))
            seconds = _timed(lambda: deliver(message))
        message.refresh_from_db()
        assert message.reached >= 0.9 * min(number, _others())
        with connection.cursor() as cursor:
            cursor.execute("drop table if exists bench_recipients")
            cursor.execute(
                "create temporary table bench_recipients as select person_id from messaging_copy "
                "where message_id = %s and box = 'IN' order by person_id",
                [message.pk],
            )
        Copy.objects.filter(message=message).delete()
        return seconds

    def bare() -> float:
        message = _ready(director, Target(Line.TO, group=group))

        def insert() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(BARE, {"message": message.pk, "now": clock.now()})

        seconds = _timed(insert)
        Copy.objects.filter(message=message).delete()
        return seconds

    spent: dict[str, list[float]] = {"seconds": [], "quiet": [], "bare": []}
    for _ in range(TIMES):
        spent["seconds"].append(delivered(BY_DAY))
        spent["bare"].append(bare())
        spent["quiet"].append(delivered(BY_NIGHT))
    return {name: median(each) for name, each in spent.items()}


def _others() -> int:
    from accounts.models import User

    return User.objects.count() - 1


def _ready(by: Any, target: Any) -> Any:
    """A message on its way, that a job is to deliver."""
    from messaging.enums import Box, State
    from messaging.models import Copy
    from messaging.services.writing import begin

    message = begin(by=by, subject="À tous", body="<p>Bonjour à tous.</p>", targets=[target])
    message.state = State.SENDING
    message.save(update_fields=["state"])
    Copy.objects.filter(message=message).update(box=Box.SENT)
    return message


def _inbox(person: Any, messages: int) -> float:
    """The first page, whole, of a box of so many, all unread."""
    from django.db import connection
    from django.test import Client

    from bench.rights import _signed_in

    with connection.cursor() as cursor:
        cursor.execute(FILL, {"messages": messages, "person": person.pk})
        cursor.execute("analyze messaging_message, messaging_copy")
    client = _signed_in(Client(), person)
    assert client.get("/messagerie/").status_code == 200
    return median(_timed(lambda: client.get("/messagerie/")) for _ in range(PAGES))


def _homes(people: dict[str, Any]) -> dict[str, float]:
    """Each profile's first page, and the empty view, asked one after the other."""
    from bench.transfers import _free_port, _granian, _wait_for

    told = {}
    sessions = {who: _session(person) for who, person in people.items() if who != "colleague"}
    # By day, as people come: what a home tells depends on the hour.
    shipped = {**os.environ, "CARTABLE_NOW": BY_DAY.replace(tzinfo=None).isoformat(timespec="minutes")}
    for application, addresses in (
        ("ent.wsgi:application", dict.fromkeys(sessions, "/")),
        ("bench.bare:application", {"bare": "/"}),
    ):
        port = _free_port()
        site = subprocess.Popen(
            [*_granian(port), application], env=shipped, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            for who, address in addresses.items():
                told[who] = _a_second(port, address, sessions.get(who, sessions["teacher"]))
        finally:
            site.terminate()
            site.wait()
    return told


def _a_second(port: int, address: str, session: str) -> float:
    """How many requests one client makes in a second, each after the answer to the last."""
    asking = http.client.HTTPConnection("127.0.0.1", port)

    def ask() -> None:
        asking.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        answer = asking.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")

    for _ in range(20):
        ask()
    return REQUESTS / _timed(lambda: [ask() for _ in range(REQUESTS)])


def _session(person: Any) -> str:
    from django.test import Client

    from bench.rights import _signed_in

    return str(_signed_in(Client(), person).cookies["sessionid"].value)


def _timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
