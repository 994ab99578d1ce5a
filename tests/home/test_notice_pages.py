"""The pages of notices and their API: written, read, acknowledged, followed; how much they ask."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from home.enums import Weight
from home.models import Acknowledgement, Notice
from home.services import acknowledge
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, class_world, relative_of, school_world
from tests.home.notices import drafted, in_classes, posted, read_by
from ui import search

pytestmark = pytest.mark.django_db
type AsPerson = Callable[[User], Client]
JSON = {"content_type": "application/json"}
EVERYBODY = tuple(Profile)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def form(world: SchoolWorld, **given: Any) -> dict[str, Any]:
    return {
        "ecole": str(world.school.uuid),
        "title": "Marché de Noël",
        "texte": "Vendredi\n\nSous le préau",
        "profiles": ["RELATIVE", "PUPIL"],
        "starts_on": "2026-10-06",
        "ends_on": "2026-10-20",
        "act": "post",
    } | given


def test_a_director_writes_publishes_changes_withdraws_and_puts_back_without_a_script(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    first, second = board.classes
    client = as_person(board.director)
    address = reverse("notices:write")
    assert first.school_class.label in client.get(address).text
    given = form(board, classes=[str(first.school_class.uuid)], asks="on", important="on")
    answer = client.post(address, given, follow=True)
    assert "elle est sur l’accueil" in answer.text
    notice = Notice.objects.get()
    assert notice.body == "<p>Vendredi</p><p>Sous le préau</p>"
    assert read_by(first.relatives[0]) == ["Marché de Noël"]
    assert read_by(second.relatives[0]) == []
    page = client.get(reverse("notices:edit", args=[notice.uuid])).text
    assert "Vendredi" in page
    given = form(board, title="Marché", profiles=["RELATIVE"], act="save")
    client.post(reverse("notices:edit", args=[notice.uuid]), given)
    assert read_by(second.relatives[0]) == ["Marché"]
    client.post(reverse("notices:withdraw", args=[notice.uuid]))
    assert read_by(second.relatives[0]) == []
    assert "Marché" in client.get(f"{reverse('notices:manage')}?etat=retirees").text
    assert "Marché" not in client.get(reverse("notices:manage")).text
    client.post(reverse("notices:put_back", args=[notice.uuid]))
    assert read_by(second.relatives[0]) == ["Marché"]


def test_what_is_refused_says_why_and_loses_nothing_typed(board: SchoolWorld, as_person: AsPerson) -> None:
    client = as_person(board.director)
    for given in (form(board, profiles=[]), form(board, ends_on="2026-10-01"), form(board, title="")):
        answer = client.post(reverse("notices:write"), given)
        assert answer.status_code == 422
        assert "Sous le préau" in answer.text
    assert not Notice.objects.exists()
    client.post(reverse("notices:write"), form(board, texte="", act="save"))
    assert Notice.objects.get().posted_at is None


def test_who_administers_several_schools_says_which_and_never_another(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    other, strange = school_world(), school_world()
    AdministratorFactory(person=board.director, school=other.school)
    client = as_person(board.director)
    page = client.get(reverse("notices:write")).text
    assert str(other.school.uuid) in page
    assert str(strange.school.uuid) not in page
    assert client.post(reverse("notices:write"), form(strange)).status_code == 404
    assert client.post(reverse("notices:write"), form(other)).status_code == 302
    assert Notice.objects.get().school == other.school


def test_a_relative_reads_on_top_of_home_for_which_child_and_says_so_with_one_button(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    first, second = board.classes
    parent = relative_of(first.pupils[0], second.pupils[0])
    notice = posted(board, asks=True, weight=Weight.IMPORTANT, **in_classes(first.school_class))
    client = as_person(parent)
    page = client.get("/?tout=1").text
    panel = page[page.index("ct-notices") : page.index("ct-kids")]
    assert "J’ai lu" in panel
    assert first.pupils[0].first_name in panel
    assert second.pupils[0].first_name not in panel
    answer = client.post(reverse("notices:acknowledge", args=[notice.uuid]), {"retour": "/"}, follow=True)
    assert answer.request["PATH_INFO"] == "/"
    assert "J’ai lu" not in answer.text
    assert Acknowledgement.objects.get().person == parent
    assert "Vous l’avez lue" in client.get(reverse("notices:notice", args=[notice.uuid])).text


def test_everybody_s_home_shows_what_is_for_them(board: SchoolWorld, as_person: AsPerson) -> None:
    room = board.classes[0]
    posted(board, "Pour les élèves", profiles=[Profile.PUPIL])
    posted(board, "Pour l’équipe", profiles=[Profile.TEACHER])
    for person, theirs, others in (
        (room.pupils[0], "Pour les élèves", "Pour l’équipe"),
        (room.teacher, "Pour l’équipe", "Pour les élèves"),
        (board.director, "Pour l’équipe", "Pour les élèves"),
    ):
        page = as_person(person).get("/?tout=1").text
        assert theirs in page
        assert others not in page


def test_a_director_sees_who_has_read_class_by_class_and_reminds_the_others(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    first, second = board.classes
    notice = posted(board, asks=True)
    acknowledge.acknowledge(by=first.relatives[0], notice=notice)
    client = as_person(board.director)
    address = reverse("notices:readers", args=[notice.uuid])
    page = client.get(f"{address}?classe={first.school_class.pk}").text
    assert "1 parent sur 4 a lu" in page
    assert "1/2" in page
    assert first.relatives[1].full_name in page
    assert second.relatives[0].full_name not in page
    assert "Rappeler à 3 parents" in page
    answer = client.post(reverse("notices:remind", args=[notice.uuid]), follow=True)
    assert "Rappel envoyé à 3 parents." in answer.text
    assert (
        "Un rappel est déjà parti"
        in client.post(reverse("notices:remind", args=[notice.uuid]), follow=True).text
    )


def test_the_same_in_the_api(board: SchoolWorld, as_person: AsPerson) -> None:
    first, second = board.classes
    director, parent = as_person(board.director), as_person(first.relatives[0])
    given = {
        "school": str(board.school.uuid),
        "title": "Photo",
        "body": "<p onclick=x>Lundi</p>",
        "profiles": ["RELATIVE"],
        "classes": [str(first.school_class.uuid)],
        "asks": True,
        "starts_on": "2026-10-06",
        "ends_on": "2026-10-08",
    }
    answer = director.post("/api/v1/notices/", given, **JSON)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["stage"], made["body"], made["classes"]) == (
        "draft", "<p>Lundi</p>", [str(first.school_class.uuid)]
    )  # fmt: skip
    address = f"/api/v1/notices/{made['uuid']}/"
    assert parent.get(address).status_code == 404
    assert parent.post("/api/v1/notices/", given, **JSON).status_code == 404
    assert director.post(f"{address}publish/").json()["stage"] == "shown"
    told = parent.get(address).json()
    assert (told["asked"], told["read_at"]) == (True, None)
    assert told["children"] == [str(first.pupils[0].uuid)]
    assert [each["uuid"] for each in parent.get("/api/v1/notices/").json()] == [made["uuid"]]
    assert as_person(second.relatives[0]).get("/api/v1/notices/").json() == []
    assert parent.post(f"{address}acknowledge/").status_code == 204
    told = director.get(f"{address}readers/").json()
    assert (told["asked"], told["read"], len(told["readers"])) == (2, 1, 2)
    assert director.post(f"{address}remind/").json() == {"people": 1}
    changed = director.put(address, given | {"title": "Photo de classe", "classes": []}, **JSON)
    assert changed.json()["title"] == "Photo de classe"
    assert director.delete(address).status_code == 409
    assert director.post(f"{address}withdraw/").json()["stage"] == "withdrawn"
    assert director.get("/api/v1/notices/?managed&stage=withdrawn").json()[0]["uuid"] == made["uuid"]
    assert parent.get("/api/v1/notices/?managed").json() == []
    assert director.post(f"{address}put-back/").json()["stage"] == "shown"
    director.post(f"{address}withdraw/")
    assert director.delete(address).status_code == 204
    wrong = given | {"classes": [str(school_world().classes[0].school_class.uuid)]}
    assert director.post("/api/v1/notices/", wrong, **JSON).status_code == 404


def test_a_search_finds_what_stands_for_whoever_asks(board: SchoolWorld) -> None:
    room = board.classes[0]
    posted(board, "Kermesse", body="<p>Le chamboule-tout attend des boites.</p>")
    drafted(board, "Kermesse en projet")

    def found(person: User) -> list[str]:
        request = RequestFactory().get("/")
        request.user = person
        return [hit.title for each in search.run(request, "CHAMBOULE boîtes") for hit in each.hits]

    assert found(room.relatives[0]) == ["Kermesse"]
    assert found(room.teacher) == []


@pytest.mark.parametrize("path", ["/", "/actualites/", "/api/v1/notices/"])
def test_reading_asks_as_much_for_one_notice_as_for_two_hundred(
    board: SchoolWorld, as_person: AsPerson, path: str
) -> None:
    room = board.classes[0]
    people = [relative_of(*room.pupils), room.teacher, room.pupils[0], board.director]
    clients = [as_person(person) for person in people]
    # Not by one of them: one's own acts are no news.
    author = AdministratorFactory(school=board.school).person
    posted(board, by=author, asks=True, profiles=EVERYBODY)
    one = [queries(client, path) for client in clients]
    for _ in range(199):
        posted(board, by=author, asks=True, profiles=EVERYBODY)
    assert [queries(client, path) for client in clients] == one


def test_managing_asks_as_much_for_one_notice_and_class_as_for_many(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    first = posted(board, asks=True)
    client = as_person(board.director)
    addresses = [
        reverse("notices:manage"),
        reverse("notices:notice", args=[first.uuid]),
        reverse("notices:readers", args=[first.uuid]),
        reverse("notices:edit", args=[first.uuid]),
        f"/api/v1/notices/{first.uuid}/readers/",
    ]
    one = [queries(client, address) for address in addresses]
    for _ in range(3):
        class_world(board.school, pupils=20)
    for _ in range(60):
        posted(board, asks=True, **in_classes(board.classes[0].school_class))
    assert [queries(client, address) for address in addresses] == one
