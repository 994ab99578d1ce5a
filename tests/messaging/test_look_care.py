"""The pages that keep people safe from messages, in a browser: accessible in both themes, nothing sideways on
a phone."""

import os
from typing import Any

import pytest

from accounts.models import User
from messaging.enums import Reason, Sign
from messaging.services import reports, reviews, send, writing
from messaging.services.alerts import alert
from messaging.services.bar import bar
from messaging.services.stops import stop_sending
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import content, received, sent, targets
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("CARTABLE_SHOTS", "")
LOOKS = [("phone", "dark"), ("desktop", "light")]


def looks_well(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    # The browser driven here keeps no worker, and says so at each page.
    assert [said for said in page.complaints if "Service Worker" not in said] == [], name


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_reports(open_as: Any, world: SchoolWorld, width: str, scheme: str) -> None:
    room = world.classes[0]
    made = writing.begin(
        by=room.teacher,
        subject="Votre absence",
        body="<p>Des mots durs</p>",
        targets=targets(room.relatives[0]),
    )
    writing.attach(by=room.teacher, message=made, blob=content(), name="photo.txt")
    send.send(by=room.teacher, message=made)
    reported = reports.report(
        by=room.relatives[0], copy=received(room.relatives[0])[0], reason=Reason.UNKIND, words="Aidez-moi"
    )
    other = sent(room.teacher, room.pupils[0], room.relatives[1], subject="Un mot")
    handled = reports.report(by=room.relatives[1], copy=received(room.relatives[1])[0], reason=Reason.OTHER)
    reports.handle(by=world.director, report=handled, note="Vu avec la famille.")
    base = "/administration/etablissement/signalements/"
    pages = [
        (room.relatives[0], "thread", f"/messagerie/{made.uuid}/"),
        (room.relatives[1], "report", f"/messagerie/{other.uuid}/signaler/"),
        (room.pupils[0], "report-pupil", f"/messagerie/{other.uuid}/signaler/"),
        (room.pupils[0], "thread-pupil", f"/messagerie/{other.uuid}/"),
        (world.director, "console-reports", base),
        (world.director, "console-report", f"{base}{reported.uuid}/"),
        (world.director, "console-handled", f"{base}{handled.uuid}/"),
    ]
    for person, name, path in pages:
        looks_well(open_as(person, path, width=width, scheme=scheme, again=True), f"{name}-{width}")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_reviews(open_as: Any, world: SchoolWorld, width: str, scheme: str) -> None:
    room, other = world.classes
    pupil = room.pupils[0]
    reviews.review_class(by=room.teacher, school_class=room.school_class, on=True)
    sent(other.teacher, *room.pupils)
    held = [writing.answer(by=each, copy=received(each)[0]) for each in room.pupils]
    for each, message in zip(room.pupils, held, strict=True):
        writing.save(by=each, message=message, body="<p>Merci pour la sortie !</p>")
        send.send(by=each, message=message)
    back = held[1]
    pages = [
        (room.teacher, "box", "/messagerie/"),
        (room.teacher, "reviews", "/messagerie/relectures/"),
        (world.director, "reviews-director", "/messagerie/relectures/"),
        (room.teacher, "review", f"/messagerie/relectures/{held[0].uuid}/"),
        (pupil, "held", f"/messagerie/{held[0].uuid}/"),
        (pupil, "write-reviewed", "/messagerie/ecrire/"),
    ]
    for person, name, path in pages:
        looks_well(open_as(person, path, width=width, scheme=scheme, again=True), f"{name}-{width}")
    reviews.hand_back(by=room.teacher, message=back, word="Signe ton message.")
    page = open_as(room.pupils[1], f"/messagerie/ecrire/?brouillon={back.uuid}", width=width, scheme=scheme)
    looks_well(page, f"handed-back-{width}")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_barred(open_as: Any, world: SchoolWorld, width: str, scheme: str) -> None:
    room, other = world.classes
    bar(by=room.teacher, pupil=room.pupils[0], sender=other.teacher, reason="Paroles déplacées")
    asked = f"?eleve={room.pupils[1].uuid}&q={other.teacher.last_name}"
    for name, path in (("barred", ""), ("barred-found", asked)):
        page = open_as(
            room.teacher, f"/messagerie/expediteurs/{path}", width=width, scheme=scheme, again=True
        )
        looks_well(page, f"{name}-{width}")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_alerts(open_as: Any, world: SchoolWorld, width: str, scheme: str) -> None:
    room = world.classes[0]
    alert(person=room.relatives[0], sign=Sign.SAME, reached=42)
    stop_sending(by=world.director, school=world.school, person=room.relatives[1], reason="Message signalé")
    page = open_as(world.director, "/administration/etablissement/messages/", width=width, scheme=scheme)
    looks_well(page, f"console-alerts-{width}")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_forced_passwords(open_as: Any, world: SchoolWorld, width: str, scheme: str) -> None:
    User.objects.filter(profile="RELATIVE").update(password="x")
    page = open_as(world.director, "/administration/etablissement/mots-de-passe/", width=width, scheme=scheme)
    page.get_by_label("Parents").check()
    page.get_by_role("button", name="Voir combien de personnes").click()
    page.get_by_text("personnes choisiront un autre mot de passe").wait_for()
    looks_well(page, f"passwords-{width}")
