"""What a public blog costs: `python -m bench.public_page` in the measured database.

Prints one JSON object: by number of posts, requests a second of its page (`page`), of its page asked again by
whoever has it (`known`), and of its first drawing after a change, in seconds (`drawn`); `bare`, requests a second of
an empty view with one query, open to all as the page is, over HTTP from the same server behind the same middleware.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import Any

POSTS = (4, 200)
REQUESTS, GOES, WARM = 40, 25, 40
TIMES = 5
PATIENCE = 180.0  # seconds
PARAGRAPH = "<p>Le portail ouvre à 8 h 20. Les CP sont accueillis à 9 h 15 avec leurs parents.</p>"


def measure() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    addresses = {str(number): _blog(number) for number in POSTS}
    told: dict[str, Any] = {number: {"drawn": _drawn(address)} for number, address in addresses.items()}
    with _site("ent.wsgi:application") as site, _site("bench.bare:application") as bare:
        asked = {"bare": _Asking(bare, "/ouverte/")}
        for number, address in addresses.items():
            path = f"/blog/pub/{address}/"
            asked[f"page {number}"] = _Asking(site, path)
            asked[f"known {number}"] = _Asking(site, path, again=True)
        found = _a_second(list(asked.values()))
        for each in asked.values():
            each.connection.close()
    for name, rate in zip(asked, found, strict=True):
        kind, _, number = name.partition(" ")
        if number:
            told[number][kind] = rate
        else:
            told[kind] = rate
    return told


def _blog(number: int) -> str:
    """A school's public blog of so many posts, two of them with a PDF."""
    from io import BytesIO

    from accounts.enums import Profile, Source
    from accounts.models import User
    from blog.models import Post
    from blog.services import posts, publish
    from blog.services.blogs import Settings
    from blog.services.public import Choice, create_public
    from core import clock
    from core.storage.services import receive
    from directory.enums import Scope
    from directory.models import Administrator, Attachment
    from documents.services import keeping
    from schools.enums import SchoolKind
    from schools.models import Academy, School

    academy, _ = Academy.objects.get_or_create(code="bench", defaults={"name": "Académie des mesures"})
    school = School.objects.create(
        academy=academy,
        uai=f"059{number:04}A",
        kind=SchoolKind.ELEMENTARY,
        name="École des mesures",
        city="Villeaubin",
    )
    me = User.objects.create(
        username=f"mesure.{number}",
        login_base=f"mesure.{number}",
        first_name="Aline",
        last_name="Mesure",
        sort_name="mesure aline",
        profile=Profile.TEACHER,
        academy=academy,
        source=Source.MANUAL,
        activated_at=clock.now(),
    )
    today = clock.today()
    Attachment.objects.create(
        person=me,
        school=school,
        profile=me.profile,
        source=Source.MANUAL,
        since=today,
        running_year=today.year,
    )
    Administrator.objects.create(
        person=me, scope=Scope.SCHOOL, school=school, source=Source.MANUAL, since=today
    )
    public = create_public(
        by=me, school=school, settings=Settings(title=f"La rentrée {number}"), choice=Choice()
    )
    for name in ("Liste du CP.pdf", "Liste du CM2.pdf"):
        post = posts.save(by=me, post=posts.begin(by=me, blog=public.blog), title=name, body=PARAGRAPH)
        received = receive(file=BytesIO(b"%PDF-1.7\n" + name.encode()), name=name)
        keeping.join(by=me, space="blog", subject=post.uuid, blob=received.blob, name=name)
        publish.publish(by=me, post=post, reminded=True)
    now = clock.now()
    Post.objects.bulk_create(
        Post(
            blog=public.blog,
            author=me,
            title=f"Information n° {n}",
            body=PARAGRAPH * 4,
            text="Le portail ouvre.",
            state="PUBLISHED",
            created_at=now,
            changed_at=now,
            published_at=now - timedelta(hours=n),
        )
        for n in range(number - 2)
    )
    return public.address_id


def _drawn(address: str) -> float:
    """Its page made anew, as after each publication."""
    from django.core.cache import cache
    from django.test import Client

    spent = []
    for _ in range(TIMES + 1):
        cache.clear()
        start = time.perf_counter()
        answer = Client().get(f"/blog/pub/{address}/")
        spent.append(time.perf_counter() - start)
        assert answer.status_code == 200, answer
    return median(spent[1:])


@contextmanager
def _site(application: str) -> Iterator[int]:
    """The site as it ships, on a port of its own."""
    from bench.transfers import _free_port, _granian

    port = _free_port()
    process = subprocess.Popen(
        [*_granian(port), application],
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(port: int) -> None:
    """Where others are at work beside, a site takes its time to start."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            asking.request("GET", "/healthz")
            if asking.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not start")


class _Asking:
    """One client of a page, each request after the answer to the last."""

    def __init__(self, port: int, path: str, *, again: bool = False) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.path, self.again = path, again
        self.headers: dict[str, str] = {}

    def ask(self, times: int) -> None:
        for _ in range(times):
            self.connection.request("GET", self.path, headers=self.headers)
            answer = self.connection.getresponse()
            answer.read()
            if answer.status != (304 if self.headers else 200):
                raise SystemExit(f"{self.path}: {answer.status}")
            if self.again:
                self.headers["If-None-Match"] = str(answer.getheader("ETag"))


def _a_second(asked: Sequence[_Asking]) -> list[float]:
    """How many requests each makes in a second: the best of some goes, taken in turn, since others may be at work
    beside."""
    best = [0.0] * len(asked)
    for each in asked:
        each.ask(WARM)
    for _ in range(GOES):
        for number, each in enumerate(asked):
            start = time.perf_counter()
            each.ask(REQUESTS)
            best[number] = max(best[number], REQUESTS / (time.perf_counter() - start))
    return best


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
