"""The pages of the help desk: what a form does without a script, what each person reads, how much it asks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from core.models import AuditEntry
from core.spreadsheets import MARK
from directory.enums import Scope
from directory.models import Administrator
from directory.querysets import standpoint_of
from documents.models import Use
from schools.models import School
from support.browsers import in_words
from support.enums import Category, Level, State, Urgency
from support.figures import figures_of, waited_words
from support.models import CannedAnswer, Ticket, TicketMessage
from support.querysets import helped_by
from support.services import answer, handle
from support.views.requests import page_of as kept_of
from tests.directory.factories import AttachmentFactory
from tests.schools.factories import SchoolFactory
from tests.support.factories import administrator, answered, asked, broken, fresh, signed_in
from tests.support.worlds import DeskWorld

pytestmark = pytest.mark.django_db
ASK, QUEUE, MINE = "/assistance/demander/", "/assistance/demandes/", "/assistance/mes-demandes/"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def page_of(client: Client, address: str) -> str:
    got = client.get(address)
    assert got.status_code == 200, address
    return str(got.content.decode())


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked_of:
        assert client.get(address).status_code == 200
    return len(asked_of)


def many(by: User, school: School, count: int) -> None:
    """As many requests of a person's, each with what they say."""
    now = clock.now()
    made = Ticket.objects.bulk_create(
        Ticket(
            author=by, author_name=by.full_name, author_profile=by.profile, school=school, entry=1, level=1, reached=1,
            category=Category.HOW, subject=f"Demande {n}", opened_at=now, changed_at=now - timedelta(minutes=n), seen_at=now,
        )
        for n in range(count)
    )  # fmt: skip
    TicketMessage.objects.bulk_create(
        TicketMessage(ticket=each, author=by, body="<p>x</p>", text="x", changed_at=now, at=now)
        for each in made
    )


def test_without_a_script_a_request_is_made_with_its_page_browser_and_file(world: DeskWorld) -> None:
    client, key = signed_in(world.relative), str(uuid4())
    page = page_of(client, f"{ASK}?depuis=/documents/partages/?q=secret")
    assert 'value="/documents/partages/"' in page
    assert world.director.full_name in page
    assert world.erun.full_name in page
    client.post(f"/pieces/support/{key}/", {"fichier": SimpleUploadedFile("vue.txt", b"ecran")})
    assert Use.objects.get().space == "support"
    told = {
        "cle": key,
        "objet": "Plus de place",
        "texte": "Bonjour\n\nMerci",
        "depuis": "/documents/",
        "act": "save",
    }
    assert client.post(ASK, told).status_code == 302
    assert "Plus de place" in page_of(client, f"{ASK}?cle={key}")
    assert "Une demande est commencée" in page_of(client, ASK)
    assert "Une demande est commencée" not in page_of(signed_in(world.teacher), ASK)
    assert client.post(ASK, told | {"act": "send", "objet": ""}).status_code == 422
    sent = client.post(
        ASK,
        told | {"act": "send", "motif": "BUG", "urgence": "3", "sujet": "documents"},
        headers={"User-Agent": AGENT},
    )
    ticket = Ticket.objects.get()
    assert sent["Location"] == f"{QUEUE}{ticket.uuid}/"
    assert (ticket.page, ticket.browser, ticket.urgency) == (
        "/documents/",
        "Firefox 145 sous Linux",
        Urgency.HIGH,
    )
    page = page_of(client, sent["Location"])
    assert "vue.txt" in page
    assert "<p>Bonjour</p><p>Merci</p>" in page
    assert broken() == []


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("/messagerie/ecrire/?a=x", "/messagerie/ecrire/"),
        ("https://ailleurs.example/x", ""),
        ("//ailleurs.example/x", ""),
        ("javascript:alert(1)", ""),
        ("/connexion/classe/secret/", "/connexion/"),
        ("/assistance/aide/", ""),
    ],
)
def test_the_page_told_is_a_path_of_this_site_and_no_secret(world: DeskWorld, told: str, kept: str) -> None:
    assert kept_of(told) == kept


def test_the_door_knows_the_page_one_came_from(world: DeskWorld) -> None:
    client = signed_in(world.relative)
    came = client.get(ASK, headers={"Referer": "http://testserver/messagerie/"}).content.decode()
    assert 'name="depuis" value="/messagerie/"' in came
    door = client.get("/assistance/", headers={"Referer": "http://testserver/documents/"}, follow=True)
    assert "/assistance/demander/?depuis=/documents/" in door.content.decode()
    other = client.get(ASK, headers={"Referer": "http://ailleurs.example/messagerie/"}).content.decode()
    assert 'name="depuis"' not in other


def test_every_page_leads_to_help_about_it_and_to_a_request_that_tells_it(world: DeskWorld) -> None:
    page = page_of(signed_in(world.relative), "/messagerie/")
    assert "/assistance/aide/?sujet=messaging" in page
    assert "/assistance/demander/?depuis=%2Fmessagerie%2F" in page
    pupil = page_of(signed_in(world.pupil), "/messagerie/")
    assert "/assistance/aide/?sujet=messaging" in pupil
    assert "/assistance/demander/" not in pupil
    assert "/assistance/connexion/" in page_of(Client(), "/connexion/")


def test_a_school_without_administrator_is_said_and_the_erun_is_named(world: DeskWorld) -> None:
    Administrator.objects.filter(person=world.director).update(ended_on=clock.today())
    page = page_of(signed_in(world.relative), ASK)
    assert f"Personne n’administre l’ENT de {world.school.name}" in page
    assert world.erun.full_name in page
    assert "Vous êtes seul à administrer" not in page


def test_of_several_schools_one_chooses(world: DeskWorld) -> None:
    second = SchoolFactory(academy=world.school.academy, district=world.school.district)
    AttachmentFactory(person=world.teacher, school=second)
    client = signed_in(world.teacher)
    assert second.name in page_of(client, ASK)
    vers = page_of(client, f"/assistance/demander/destinataires/?ecole={second.uuid}")
    assert world.director.full_name not in vers
    told = {
        "cle": str(uuid4()),
        "objet": "a",
        "texte": "b",
        "motif": "HOW",
        "act": "send",
        "ecole": str(second.uuid),
    }
    client.post(ASK, told)
    assert (Ticket.objects.get().school, Ticket.objects.get().level) == (second, Level.DISTRICT)


def test_a_conversation_with_a_note_that_its_author_finds_nowhere(world: DeskWorld) -> None:
    ticket, address = asked(world.relative), ""
    address = f"{QUEUE}{ticket.uuid}/"
    director, relative = signed_in(world.director), signed_in(world.relative)
    key = TicketMessage.objects.filter(at=None)
    director.get(address)
    said = {"cle": str(key.get(author=world.director).uuid), "texte": "Ce parent insiste", "act": "note"}
    director.post(f"{address}repondre/", said)
    director.get(address)
    said |= {"cle": str(key.get(author=world.director).uuid), "texte": "Essayez encore", "act": "send"}
    director.post(f"{address}repondre/", said | {"etat": "WAITING"})
    assert fresh(ticket).state == State.WAITING
    for place in (
        address, MINE, "/nouveautes/", "/recherche/?q=insiste", "/api/v1/support/tickets/",
        f"/api/v1/support/tickets/{ticket.uuid}/",
    ):  # fmt: skip
        assert "Ce parent insiste" not in page_of(relative, place)
    assert "Ce parent insiste" in page_of(director, address)
    assert "Essayez encore" in page_of(relative, address)
    assert not fresh(ticket).unread
    relative.post(f"{address}etat/")
    assert fresh(ticket).state == State.CLOSED


def test_an_answer_that_is_refused_is_kept(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    address = f"{QUEUE}{ticket.uuid}/"
    director = signed_in(world.director)
    director.get(address)
    key = TicketMessage.objects.get(author=world.director, at=None).uuid
    told = {"cle": str(key), "texte": "Je regarde", "act": "send"}
    handle.pass_on(by=world.director, ticket=ticket, to=Level.DISTRICT, names=True)
    page = director.post(f"{address}repondre/", told, follow=True).content.decode()
    assert "suivie à un autre niveau" in page
    assert "Je regarde" in page


def test_passing_on_asks_whether_names_are_shown(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    address = f"{QUEUE}{ticket.uuid}/transmettre/"
    director = signed_in(world.director)
    assert "Montrer les noms" in page_of(director, address)
    assert director.post(address, {"niveau": "2"}).status_code == 422
    assert director.post(address, {"niveau": "1", "noms": "non"}).status_code == 422
    assert director.post(address, {"niveau": "2", "noms": "non"}).status_code == 302
    assert (fresh(ticket).level, fresh(ticket).veiled_from) == (Level.DISTRICT, Level.DISTRICT)
    assert director.get(address).status_code == 404


def test_answers_kept_ready_are_lent_downwards_and_written_by_their_place(world: DeskWorld) -> None:
    erun, director = signed_in(world.erun), signed_in(world.director)
    place = f"district:{world.school.district.uuid}"
    told = {"titre": "Page", "texte": "Bonjour {nom}, de {école}", "lieu": place}
    assert erun.post("/assistance/reponses/nouvelle/", told).status_code == 302
    assert erun.post("/assistance/reponses/nouvelle/", told).status_code == 422
    kept = CannedAnswer.objects.get()
    assert "Page" in page_of(director, "/assistance/reponses/")
    assert director.post(f"/assistance/reponses/{kept.uuid}/", told).status_code == 404
    assert "Page" not in page_of(signed_in(world.there.director), "/assistance/reponses/")
    ticket = asked(world.relative)
    address = f"{QUEUE}{ticket.uuid}/"
    director.get(address)
    key = TicketMessage.objects.get(author=world.director, at=None).uuid
    told = {"cle": str(key), "texte": "Déjà écrit", "modele": str(kept.uuid), "act": "insert"}
    page = director.post(f"{address}repondre/", told, follow=True).content.decode()
    assert "Déjà écrit" in page
    assert f"Bonjour {world.relative.full_name}, de {world.school.name}" in page
    assert erun.post(f"/assistance/reponses/{kept.uuid}/supprimer/").status_code == 302
    assert not CannedAnswer.objects.exists()


def test_lists_are_filtered_by_their_address(world: DeskWorld) -> None:
    asked(
        world.relative,
        subject="Premiere",
        urgency=Urgency.HIGH,
        category=Category.ACCESS,
        application="messaging",
    )
    world.teacher.last_name = "Vandermeersch"
    world.teacher.save(update_fields=["last_name"])
    solved = asked(world.teacher, subject="Seconde")
    answered(world.director, solved, to=State.SOLVED)
    client = signed_in(world.director)
    for query, found in (
        ("", {"Premiere"}),
        ("?etat=ended", {"Seconde"}),
        ("?etat=toutes", {"Premiere", "Seconde"}),
        ("?etat=toutes&urgence=3", {"Premiere"}),
        ("?etat=toutes&motif=ACCESS", {"Premiere"}),
        ("?etat=toutes&sujet=documents", {"Seconde"}),
        ("?etat=toutes&suivi=moi", {"Seconde"}),
        ("?etat=toutes&suivi=personne", {"Premiere"}),
        (f"?etat=toutes&q={world.teacher.last_name}", {"Seconde"}),
        (f"?etat=toutes&q=n° {solved.pk}", {"Seconde"}),
        ("?etat=toutes&au=2020-01-01", set()),
        ("?etat=x&urgence=z&niveau=9&ecole=z&du=z&apres=z", {"Premiere", "Seconde"}),
    ):
        page = page_of(client, f"{QUEUE}{query}")
        assert {name for name in ("Premiere", "Seconde") if f">{name}</span>" in page} == found, query


def test_a_list_goes_on_by_its_cursor_and_asks_as_much_with_one_as_with_two_hundred(world: DeskWorld) -> None:
    many(world.relative, world.school, 1)
    director, relative, erun = signed_in(world.director), signed_in(world.relative), signed_in(world.erun)
    pages = ((director, QUEUE), (relative, MINE), (erun, QUEUE), (director, "/assistance/chiffres/"))
    before = [queries(client, address) for client, address in pages]
    api = queries(director, "/api/v1/support/tickets/")
    many(world.relative, world.school, 199)
    assert [queries(client, address) for client, address in pages] == before
    assert queries(director, "/api/v1/support/tickets/") == api
    assert max(before) <= 12
    first = director.get(QUEUE)
    assert len(first.context["lines"]) == 30
    second = director.get(f"{QUEUE}{first.context['later_url']}")
    assert len(second.context["lines"]) == 30
    assert not {line.ticket.pk for line in first.context["lines"]} & {
        line.ticket.pk for line in second.context["lines"]
    }


def test_a_conversation_asks_as_much_with_two_messages_as_with_fifty(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    address = f"{QUEUE}{ticket.uuid}/"
    director = signed_in(world.director)
    before = queries(director, address)
    for _ in range(25):
        answer.say_more(by=world.relative, ticket=ticket, body="<p>Encore</p>")
    assert queries(director, address) == before


def test_the_file_is_of_the_list_runs_no_formula_and_is_written_down(world: DeskWorld) -> None:
    asked(world.teacher, subject='=HYPERLINK("http://x")')
    got = signed_in(world.director).get("/assistance/demandes/export.csv")
    text = b"".join(got.streaming_content).decode().removeprefix(MARK)
    head, line = text.splitlines()
    assert head.startswith("Numéro;Ouverte le")
    assert "'=HYPERLINK" in line
    assert AuditEntry.objects.get(verb="ticket.exported").after == {"count": 1}


def test_figures_tell_volume_and_median_delays(world: DeskWorld) -> None:
    now = clock.now()
    for hours in (2, 4, 40):
        with clock.at(now - timedelta(days=8)):
            ticket = asked(world.relative)
        with clock.at(now - timedelta(days=8) + timedelta(hours=hours)):
            answered(world.director, ticket, to=State.SOLVED)
    asked(world.teacher)
    told = figures_of(helped_by(standpoint_of(world.director)), weeks=13)
    assert (told.asked, told.waiting, told.solved) == (4, 1, 3)
    assert (told.first_answer, told.resolution) == ("4\u00a0h", "4\u00a0h")
    assert [bar.told for bar in told.volume.bars][-2:] == ["3", "1"]
    assert waited_words(timedelta(minutes=20)) == "20\u00a0min"
    assert "Voir en tableau" in page_of(signed_in(world.director), "/assistance/chiffres/")


def test_whoever_helps_is_told_on_their_home_page_how_many_wait(world: DeskWorld) -> None:
    asked(world.relative)
    director = signed_in(world.director)
    assert "1 demande attend" in page_of(director, "/?tout=1")
    other = administrator(Scope.SCHOOL, school=world.school)
    handle.assign(by=world.director, ticket=Ticket.objects.get(), to=other)
    assert "1 demande attend" not in page_of(director, "/?tout=1")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 (KHTML) Version/18.1 Mobile/15E Safari/604.1", "Safari 18 sur iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 (KHTML) Chrome/142.0 Safari/537 Edg/142.0", "Edge 142 sous Windows"),
        ("Mozilla/5.0 (Linux; Android 15; SM) AppleWebKit/537 SamsungBrowser/28.0 Chrome/130 Mobile Safari/537", "Samsung Internet 28 sur Android"),
        ("curl/8", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words
