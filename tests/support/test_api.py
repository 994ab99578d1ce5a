"""The API of the help desk: what pages do, by the same services."""

from typing import Any

import pytest

from documents.models import Use
from support.enums import Level, State
from support.models import CannedAnswer, Ticket
from support.services import answer
from tests.documents import factories as documents
from tests.support.factories import asked, fresh, signed_in
from tests.support.worlds import DeskWorld

pytestmark = pytest.mark.django_db
TICKETS, CANNED, HELP = "/api/v1/support/tickets/", "/api/v1/support/canned-answers/", "/api/v1/support/help/"
JSON: dict[str, Any] = {"content_type": "application/json"}


def test_a_request_goes_all_its_way(world: DeskWorld) -> None:
    relative, director, erun = (signed_in(who) for who in (world.relative, world.director, world.erun))
    file = documents.file(world.relative, "Vue.txt")
    told = {
        "subject": "Le dossier est vide",
        "body": "<p>Bonjour <script>x</script></p>",
        "category": "BUG",
        "urgency": 3,
        "page": "/documents/?q=x",
        "documents": [str(file.uuid)],
    }
    made = relative.post(TICKETS, told, **JSON)
    assert made.status_code == 201
    ticket = Ticket.objects.get()
    assert made.json()["page"] == "/documents/"
    assert [part["body"] for part in made.json()["parts"] if part["kind"] == "SAID"] == ["<p>Bonjour </p>"]
    assert [each["name"] for part in made.json()["parts"] for each in part["files"]] == ["Vue.txt"]
    one = f"{TICKETS}{ticket.uuid}/"
    assert director.get(TICKETS, {"box": "queue"}).json()["results"][0]["to_handle"] is True
    assert director.get(TICKETS, {"box": "mine"}).json()["results"] == []
    assert director.post(f"{one}note/", {"body": "<p>Vu</p>"}, **JSON).status_code == 200
    got = director.post(f"{one}answer/", {"body": "<p>Oui</p>", "state": "WAITING"}, **JSON).json()
    assert (got["state"], got["assignee_name"]) == ("WAITING", world.director.full_name)
    kinds = [part["kind"] for part in relative.get(one).json()["parts"]]
    assert "NOTE" not in kinds
    assert relative.post(f"{one}note/", {"body": "<p>x</p>"}, **JSON).status_code == 404
    assert relative.post(f"{one}answer/", {"body": "<p>Voici</p>"}, **JSON).json()["state"] == "TAKEN"
    assert director.post(f"{one}classify/", {"category": "RIGHTS"}, **JSON).json()["category"] == "RIGHTS"
    passed = director.post(f"{one}pass/", {"level": "DISTRICT", "names": False}, **JSON).json()
    assert (passed["level"], passed["to_handle"], passed["names_shown"]) == ("DISTRICT", False, True)
    seen = erun.get(one).json()
    assert (seen["names_shown"], seen["author"], seen["author_name"]) == (False, None, "Un parent")
    assert seen["passes_to"] == ["SCHOOL", "ACADEMY", "PLATFORM"]
    assert [part["files_hidden"] for part in seen["parts"]].count(1) == 1
    assert erun.post(f"{one}assign/", {"person": str(world.erun.uuid)}, **JSON).status_code == 200
    assert erun.post(f"{one}state/", {"state": "SOLVED"}, **JSON).json()["state"] == "SOLVED"
    assert relative.post(f"{one}state/", {"state": "CLOSED"}, **JSON).json()["state"] == "CLOSED"
    assert fresh(ticket).level == Level.DISTRICT
    assert Use.objects.count() == 1


def test_refusals_are_problems_with_their_code(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    relative, pupil = signed_in(world.relative), signed_in(world.pupil)
    for client, address, told, code, status in (
        (pupil, TICKETS, {"subject": "a", "body": "b", "category": "HOW"}, "no-such-ticket", 404),
        (relative, TICKETS, {"subject": "a", "body": " ", "category": "HOW"}, None, 400),
        (relative, TICKETS, {"subject": "a", "body": "<p> </p>", "category": "HOW"}, "ticket-says-nothing", 400),
        (relative, f"{TICKETS}{ticket.uuid}/answer/", {"body": ""}, "ticket-answer-empty", 400),
        (relative, f"{TICKETS}{ticket.uuid}/pass/", {"level": "DISTRICT", "names": True}, "ticket-not-yours-to-handle", 403),
    ):  # fmt: skip
        got = client.post(address, told, **JSON)
        assert got.status_code == status, (address, got.content)
        if code:
            assert got.json()["type"] == f"urn:cartable:{code}"


def test_pages_of_a_list_follow_their_cursor_and_a_false_one_is_a_404(world: DeskWorld) -> None:
    for n in range(3):
        asked(world.relative, subject=f"Demande {n}")
    director = signed_in(world.director)
    assert (
        len(director.get(TICKETS, {"q": "demande", "etat": "toutes", "box": "helped"}).json()["results"]) == 3
    )
    assert director.get(TICKETS, {"cursor": "cD1hYmM="}).status_code == 404
    answer.answer(by=world.director, ticket=Ticket.objects.first(), body="<p>x</p>", to=State.SOLVED)
    figures = director.get(f"{TICKETS}figures/", {"weeks": "26"}).json()
    assert (figures["asked"], figures["solved"], len(figures["volume"])) == (3, 1, 26)
    assert signed_in(world.relative).get(f"{TICKETS}figures/").status_code == 404


def test_answers_kept_ready_are_written_by_their_place(world: DeskWorld) -> None:
    director, erun = signed_in(world.director), signed_in(world.erun)
    place = f"school:{world.school.uuid}"
    told = {"place": place, "title": "Code", "body": "<p>Voici</p>"}
    assert erun.post(CANNED, told, **JSON).status_code == 403
    made = director.post(CANNED, told, **JSON)
    assert made.status_code == 201
    assert director.post(CANNED, told, **JSON).json()["type"] == "urn:cartable:canned-answer-exists"
    one = f"{CANNED}{made.json()['uuid']}/"
    assert director.put(one, {"title": "Un code", "body": "<p>Là</p>"}, **JSON).json()["title"] == "Un code"
    wide = {"place": f"district:{world.school.district.uuid}", "title": "Page", "body": "<p>?</p>"}
    erun.post(CANNED, wide, **JSON)
    assert [(each["title"], each["own"]) for each in director.get(CANNED).json()] == [
        ("Un code", True),
        ("Page", False),
    ]
    assert signed_in(world.there.director).get(CANNED).json() == []
    assert signed_in(world.teacher).get(CANNED).status_code == 404
    assert director.delete(one).status_code == 204
    assert CannedAnswer.objects.count() == 1


def test_articles_are_read_and_found(world: DeskWorld) -> None:
    relative = signed_in(world.relative)
    assert relative.get(HELP, {"q": "corbeille"}).json()[0]["slug"] == "documents-corbeille"
    assert {each["topic"] for each in relative.get(HELP, {"topic": "messaging"}).json()} == {"messaging"}
    assert "<ol>" in relative.get(f"{HELP}messages-ecrire/").json()["body"]
    assert relative.get(f"{HELP}console-comptes/").status_code == 404
