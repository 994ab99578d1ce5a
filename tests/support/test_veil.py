"""Names of families and files, hidden from the levels to which they were not shown: page, list, search, CSV, API, news."""

import json
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from core.spreadsheets import MARK
from core.storage.services import receive
from directory.enums import Scope
from directory.querysets import standpoint_of
from documents.models import Use
from documents.services import keeping
from sharing.querysets import reach_of
from support.enums import Category, Kind, Level, State
from support.models import Ticket
from support.querysets import helped_by, saying
from support.services import answer, drafts, handle
from support.services.ask import Asked, ask
from support.space import may_open
from support.veil import veiled, veiled_html, words_of
from tests.support.factories import administrator, asked, broken, fresh, signed_in
from tests.support.worlds import DeskWorld
from timeline.models import Event
from timeline.querysets import seen_among

pytestmark = pytest.mark.django_db
NAMES = words_of(["Louise Bertin", "Jean-Loup de La Tour", "Rose Petit"])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Louise ne voit rien", "[masqué] ne voit rien"),
        ("louise bertin ne voit rien", "[masqué] ne voit rien"),
        ("BERTIN, Louise", "[masqué], [masqué]"),
        ("Jean-Loup de La Tour", "[masqué] de La [masqué]"),
        ("un petit souci, une rose", "un petit souci, une rose"),
        ("écrire à l.bertin@exemple.fr ou 06 12 34 56 78", "écrire à [masqué] ou [masqué]"),
        ("La classe de Noé", "La classe de Noé"),
    ],
)
def test_names_addresses_and_telephones_are_hidden_and_nothing_else(said: str, read: str) -> None:
    assert veiled(said, NAMES) == read


def test_html_keeps_its_marks_and_its_links_lead_to_nobody() -> None:
    html = '<p>Pour <strong>Louise</strong> &amp; <a href="mailto:l.bertin@exemple.fr">elle</a></p><img src="/x">'
    assert veiled_html(html, NAMES) == (
        "<p>Pour <strong>[masqué]</strong> &amp; <a>elle</a></p>[image masquée]"
    )


def hidden_ticket(world: DeskWorld) -> tuple[Ticket, str]:
    """A relative's request about their child, with a file, passed to the district without names."""
    for person, first_name in ((world.pupil, "Apolline"), (world.relative, "Gwendal")):
        person.first_name, person.last_name = first_name, "Vandermeersch"
        person.save(update_fields=["first_name", "last_name"])
    child, key = world.pupil, uuid4()
    content = receive(file=BytesIO(b"livret"), name="livret.txt").blob
    keeping.join(by=world.relative, space="support", subject=key, blob=content, name="livret.txt")
    ticket = ask(
        by=world.relative,
        key=key,
        asked=Asked(
            subject=f"{child.first_name} {child.last_name} ne se connecte plus",
            body=f"<p>Ma fille {child.first_name} a perdu son code.</p>",
            category=Category.ACCESS,
            page=f"/administration/utilisateurs/{child.uuid}/",
        ),
    )
    answer.note(by=world.director, ticket=ticket, body=f"<p>Voir {child.last_name.upper()}</p>")
    handle.pass_on(by=world.director, ticket=ticket, to=Level.DISTRICT, names=False)
    return fresh(ticket), str(ticket.messages.get(kind=Kind.SAID).uuid)


def test_hidden_from_the_level_it_passes_to_in_every_place_where_it_is_read(world: DeskWorld) -> None:
    ticket, _ = hidden_ticket(world)
    answer.say_more(by=world.relative, ticket=ticket, body=f"<p>Merci, {world.relative.full_name}</p>")
    erun = signed_in(world.erun)
    parts = {world.relative, world.pupil}
    names = {name for person in parts for name in (person.first_name, person.last_name, str(person.uuid))}
    for address in (
        f"/assistance/demandes/{ticket.uuid}/",
        "/assistance/demandes/",
        "/assistance/demandes/export.csv",
        f"/assistance/demandes/{ticket.uuid}/transmettre/",
        f"/api/v1/support/tickets/{ticket.uuid}/",
        "/api/v1/support/tickets/",
        "/nouveautes/",
        "/",
    ):
        answered = erun.get(address)
        assert answered.status_code == 200, address
        page = b"".join(answered) if answered.streaming else answered.content
        text = page.decode().removeprefix(MARK)
        assert {name for name in names if name in text} == set(), address
        if "api" in address:
            assert "livret" not in json.dumps(answered.json())
    assert "masqué" in erun.get(f"/assistance/demandes/{ticket.uuid}/").content.decode()
    director = signed_in(world.director).get(f"/assistance/demandes/{ticket.uuid}/").content.decode()
    assert world.pupil.first_name in director
    assert "livret.txt" in director
    assert broken() == []


def test_a_request_of_no_school_hides_the_names_that_it_says(world: DeskWorld) -> None:
    world.pupil.first_name, world.pupil.last_name = "Apolline", "Vandermeersch"
    world.pupil.save(update_fields=["first_name", "last_name"])
    other = administrator(Scope.DISTRICT, district=world.school.district)
    told = {"subject": "Apolline Vandermeersch en double", "body": "<p>Bonjour Paris, voir Apolline.</p>"}
    for author, first, to in (
        (other, world.erun, Level.ACADEMY),
        (world.academy, world.platform, Level.PLATFORM),
    ):
        ticket = asked(author, **told)
        if to == Level.PLATFORM:
            second = administrator(Scope.ACADEMY, academy=world.school.academy)
            ticket = asked(author, **told)
            first = second
        handle.pass_on(by=first, ticket=ticket, to=to, names=False)
        assert fresh(ticket).veiled_subject == "[masqué] en double"
        said = ticket.messages.get(kind=Kind.SAID)
        assert said.veiled_text == "Bonjour Paris, voir [masqué]."


def test_a_hidden_name_is_not_found_by_searching_it(world: DeskWorld) -> None:
    ticket, _ = hidden_ticket(world)
    erun, director = standpoint_of(world.erun), standpoint_of(world.director)
    for name in (world.pupil.first_name, world.pupil.last_name):
        assert not saying(helped_by(erun), name, erun).exists()
        assert saying(helped_by(director), name, director).exists()
    assert saying(helped_by(erun), "perdu code", erun).get() == ticket
    mine = standpoint_of(world.relative)
    assert not saying(Ticket.objects.filter(author=world.relative), "voir", mine).exists()


def test_files_open_to_who_reads_names_alone(world: DeskWorld) -> None:
    _, subject = hidden_ticket(world)
    [piece] = signed_in(world.director).get("/api/v1/support/tickets/").json()["results"]
    whole = signed_in(world.director).get(f"/api/v1/support/tickets/{piece['uuid']}/").json()
    [file] = [each for part in whole["parts"] for each in part["files"]]
    address = reverse("pieces:content", args=[file["uuid"]])
    assert signed_in(world.director).get(address).status_code == 200
    assert signed_in(world.relative).get(address).status_code == 200
    assert signed_in(world.erun).get(address).status_code == 404
    assert may_open(world.director, UUID(subject))
    assert not may_open(world.erun, UUID(subject))


def test_who_does_not_read_names_does_not_show_them_to_others(world: DeskWorld) -> None:
    ticket, _ = hidden_ticket(world)
    handle.pass_on(by=world.erun, ticket=ticket, to=Level.ACADEMY, names=True)
    page = signed_in(world.academy).get(f"/assistance/demandes/{ticket.uuid}/").content.decode()
    assert world.pupil.first_name not in page
    handle.pass_on(by=world.academy, ticket=fresh(ticket), to=Level.SCHOOL, names=False)
    handle.pass_on(by=world.director, ticket=fresh(ticket), to=Level.DISTRICT, names=True)
    assert fresh(ticket).veiled_from is None
    page = signed_in(world.erun).get(f"/assistance/demandes/{ticket.uuid}/").content.decode()
    assert world.pupil.first_name in page
    assert broken() == []


def test_news_name_nobody_and_notes_are_told_to_helpers_alone(world: DeskWorld) -> None:
    ticket, _ = hidden_ticket(world)
    handle.assign(by=world.erun, ticket=ticket, to=world.erun)
    answer.note(by=world.director, ticket=fresh(ticket), body="<p>Alors ?</p>")
    answer.answer(by=world.erun, ticket=fresh(ticket), body="<p>Oui</p>", to=State.SOLVED)
    answer.say_more(by=world.relative, ticket=fresh(ticket), body="<p>Merci</p>")
    events = list(Event.objects.filter(about=ticket.uuid))
    told = {event.data["what"]: event for event in events}
    assert {"opened", "passed", "noted", "answered", "replied"} <= set(told)
    assert told["replied"].actor is None
    mine = seen_among(world.relative, reach_of(world.relative), events)
    assert {event.data["what"] for event in mine.now} <= {"answered", "moved"}
    theirs = seen_among(world.erun, reach_of(world.erun), [told["replied"]])
    assert world.pupil.last_name not in theirs.standings[told["replied"].pk].title


def test_a_helper_who_reads_no_name_finds_none_beside_the_files_that_they_join(world: DeskWorld) -> None:
    ticket, _ = hidden_ticket(world)
    draft = drafts.draft_for(world.erun, ticket)
    content = receive(file=BytesIO(b"mode d'emploi"), name="aide.txt").blob
    keeping.join(by=world.erun, space="support", subject=draft.uuid, blob=content, name="aide.txt")
    answer.answer(by=world.erun, ticket=ticket, body="", key=draft.uuid)
    assert Use.objects.get(subject=draft.uuid).label == f"Demande {ticket.number}"
