"""Mail notice: whoever asked is told that they are answered, with the text where they ask for it; helpers that a request
waits; never what helpers say to each other."""

import pytest
from django.core import mail

from support import news
from support.enums import Level
from support.services import answer, handle
from tests.support.factories import answered, asked
from tests.support.worlds import DeskWorld
from timeline.enums import MailPace
from timeline.services.digests import gather, send_waiting
from timeline.services.preferences import prefer

pytestmark = pytest.mark.django_db


def sent_to(address: str) -> str:
    return "\n".join(each.body for each in mail.outbox if each.to == [address])


@pytest.fixture
def mailed(world: DeskWorld) -> DeskWorld:
    for name in ("relative", "director", "erun"):
        person = getattr(world, name)
        person.own_email = f"{name}@exemple.fr"
        person.save(update_fields=["own_email"])
    gather(pace=MailPace.SOON)
    return world


def send() -> None:
    gather(pace=MailPace.SOON)
    send_waiting()


def test_who_asked_and_who_helps_are_told_and_notes_go_to_helpers_alone(mailed: DeskWorld) -> None:
    ticket = asked(mailed.relative, subject="Le dossier est vide")
    answer.note(by=mailed.director, ticket=ticket, body="<p>Encore cette famille</p>")
    send()
    assert sent_to("relative@exemple.fr") == ""
    assert "Une demande d’aide attend" in sent_to("director@exemple.fr")
    assert "Le dossier est vide" in sent_to("director@exemple.fr")
    prefer(by=mailed.relative, kind=news.HELPED, page=True, mail=MailPace.SOON, text=True)
    mail.outbox.clear()
    answered(mailed.director, ticket, body="<p>Il est revenu.</p>")
    send()
    told = sent_to("relative@exemple.fr")
    assert "L’assistance vous a répondu" in told
    assert "Il est revenu." in told
    assert "famille" not in told


def test_a_mail_to_who_reads_no_names_names_nobody(mailed: DeskWorld) -> None:
    mailed.pupil.last_name = "Vandermeersch"
    mailed.pupil.save(update_fields=["last_name"])
    ticket = asked(mailed.relative, subject="Vandermeersch ne se connecte plus")
    handle.pass_on(by=mailed.director, ticket=ticket, to=Level.DISTRICT, names=False)
    send()
    told = sent_to("erun@exemple.fr")
    assert "Une demande d’aide vous est transmise" in told
    assert "[masqué] ne se connecte plus" in told
    assert "Vandermeersch" not in told
