"""« Préparer la fin d’année »: the page, its one save, its colleagues and favourites; the same in the API."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.assurance import Assurance
from accounts.models import User
from accounts.sessions import ASSURANCE
from core import clock
from directory.annuaire.viewer import Viewer
from directory.favourite_upkeep import upkeep_of
from directory.models import Attachment, Favourite
from directory.services import favourites
from documents import year_end as space
from rollover.enums import Choice
from rollover.models import Decision
from rollover.services.decide import Wish, decide
from rollover.services.roll import roll_school
from rollover.year_end import year_end_of
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import role_on
from tests.directory.worlds import SchoolWorld, school_world, teacher_at
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered

pytestmark = pytest.mark.django_db

PAGE, SAVE, UNDO = "/changement-d-annee/", "/changement-d-annee/choix/", "/changement-d-annee/choix/annuler/"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NOTE, BOX):
        yield


@pytest.fixture
def world() -> SchoolWorld:
    """A teacher shares three things with a class: a note with pupils and relatives, a box and a note with pupils."""
    made = school_world(classes=1, pupils=2)
    for title, kind, profiles in (
        ("Mémo", "note", ("PUPIL", "RELATIVE")),
        ("Progression", "box", ("PUPIL",)),
        ("Vieux blog", "note", ("PUPIL",)),
    ):
        thing = ResourceFactory(owner=made.classes[0].teacher, title=title, kind=kind)
        for profile in profiles:
            group = made.classes[0].school_class.group_set.get(profile=profile)
            GrantFactory(to_group=True, resource=thing, group=group, given_by=made.classes[0].teacher.uuid)
    return made


@pytest.fixture
def teacher(world: SchoolWorld) -> User:
    return world.classes[0].teacher


def keys(person: User) -> dict[str, str]:
    """What the form calls each line, by title."""
    return {line.resource.title: line.key for line in year_end_of(person).lines}


def text(client: Client, page: str = PAGE) -> str:
    return client.get(page).content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def test_the_door_and_the_page_bear_the_name_of_the_season(
    as_person: Callable[..., Client], world: SchoolWorld, teacher: User
) -> None:
    client = as_person(teacher)

    def title(*day: int) -> tuple[bool, bool]:
        with clock.at(datetime(*day, 10, tzinfo=UTC)):  # type: ignore[misc]
            said = text(client)
        assert said.count('aria-current="page"') >= 1
        return "<h1>Préparer la fin d’année</h1>" in said, "Changement d’année</span>" in said

    assert title(2027, 3, 1) == (False, True)
    assert title(2027, 5, 3) == (True, False)
    assert title(2027, 9, 6) == (True, False)
    roll_school(school=world.school, year=2027)
    assert title(2027, 9, 7) == (False, True)


def test_the_page_groups_by_class_and_application_and_says_who_and_when(
    as_person: Callable[..., Client], world: SchoolWorld, teacher: User
) -> None:
    said = text(as_person(teacher))
    assert (
        said.index(world.classes[0].school_class.label) < said.index("Boites") < said.index("Carnet de notes")
    )
    assert "2 élèves" in said
    assert "2 parents" in said
    assert "après le 1er août 2027" in said
    assert world.classes[0].pupils[0].full_name in said
    assert "0 décidé sur 3" in said
    for nobody in (world.classes[0].pupils[0], world.classes[0].relatives[0]):
        assert as_person(nobody).get(PAGE).status_code == 404
        assert as_person(nobody).post(SAVE).status_code == 404


def test_one_save_decides_each_line_for_itself_and_each_is_taken_back(
    as_person: Callable[..., Client], world: SchoolWorld, teacher: User
) -> None:
    client, line = as_person(teacher), keys(teacher)
    colleague = world.director
    answer = client.post(
        SAVE,
        {
            f"choix-{line['Mémo']}": "KEEP",
            f"parents-{line['Mémo']}": "on",
            f"choix-{line['Progression']}": "ENTRUST",
            f"collegue-{line['Progression']}": colleague.full_name.upper(),
            f"choix-{line['Vieux blog']}": "LET_GO",
        },
    )
    assert answer.status_code == 302
    said = text(client)
    assert "3 décidés sur 3" in said
    assert "1 gardé, 1 confié et 1 laissé" in said
    assert f"Géré aussi par</span> {colleague.full_name}" in said
    assert role_on(world.classes[0].relatives[0], Resource.objects.get(title="Mémo")) == Role.READ
    entrusted = Decision.objects.get(choice="ENTRUST")
    assert client.post(UNDO, {"decision": str(entrusted.uuid)}).status_code == 302
    assert role_on(colleague, Resource.objects.get(title="Progression")) is None
    assert "2 décidés sur 3" in text(client)
    assert client.post(UNDO, {"decision": "rien"}).status_code == 404


def test_one_choice_for_those_ticked_and_the_others_keep_theirs(
    as_person: Callable[..., Client], teacher: User
) -> None:
    line = keys(teacher)
    as_person(teacher).post(
        SAVE,
        {
            "ligne": [line["Mémo"], line["Vieux blog"]],
            "selection": "LET_GO",
            f"choix-{line['Mémo']}": "KEEP",
            f"choix-{line['Progression']}": "KEEP",
        },
    )
    assert dict(Decision.objects.values_list("resource__title", "choice")) == {
        "Mémo": "LET_GO",
        "Vieux blog": "LET_GO",
        "Progression": "KEEP",
    }


def test_a_colleague_not_found_is_said_on_the_line_and_what_was_typed_stays(
    as_person: Callable[..., Client], world: SchoolWorld, teacher: User
) -> None:
    line = keys(teacher)
    twins = [
        teacher_at(world.school, first_name="Awa", last_name="Marchetti", birth_date=day)
        for day in ("1980-01-02", "1990-03-04")
    ]
    asked = {
        f"choix-{line['Mémo']}": "ENTRUST",
        f"collegue-{line['Mémo']}": "Personne Dutout",
        f"choix-{line['Progression']}": "ENTRUST",
        f"collegue-{line['Progression']}": "Awa Marchetti",
        f"choix-{line['Vieux blog']}": "LET_GO",
    }
    client = as_person(teacher)
    answer = client.post(SAVE, asked)
    said = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert 'value="Personne Dutout"' in said
    assert "Plusieurs collègues portent ce nom" in said
    assert [each.choice for each in Decision.objects.all()] == ["LET_GO"]
    offered = client.get("/changement-d-annee/collegues/", {"collegue-x": "march"}).content.decode()
    words = [part.partition('"')[0] for part in offered.split('value="')[1:]]
    assert len(words) == 2
    client.post(
        SAVE, {f"choix-{line['Progression']}": "ENTRUST", f"collegue-{line['Progression']}": words[1]}
    )
    assert Decision.objects.get(choice="ENTRUST").to in twins


def test_a_sign_in_of_low_assurance_decides_nothing(as_person: Callable[..., Client], teacher: User) -> None:
    line = keys(teacher)
    client = as_person(teacher)
    session = client.session
    session[ASSURANCE] = Assurance.LOW.value
    session.save()
    assert client.post(SAVE, {f"choix-{line['Mémo']}": "LET_GO"}).status_code in (302, 403)
    assert not Decision.objects.exists()


def test_favourites_that_need_something_are_cleaned_renamed_deleted_in_place(
    as_person: Callable[..., Client], world: SchoolWorld, teacher: User
) -> None:
    left, changed, stays = (teacher_at(world.school) for _ in range(3))
    made = favourites.create(by=teacher, name="Équipe", persons=[left, changed, stays])
    old = favourites.create(by=teacher, name="Sortie", persons=[stays])
    Attachment.objects.filter(person=left).update(ended_on="2026-10-01")
    User.objects.filter(pk=changed.pk).update(profile="STAFF")
    Favourite.objects.filter(pk=old.pk).update(used_at=clock.now() - timedelta(days=400))
    found = {each.favourite.name: each for each in upkeep_of(Viewer(teacher))}
    first, second = found["Équipe"], found["Sortie"]
    assert ([each.pk for each in first.gone], [each.pk for each in first.changed]) == (
        [left.pk],
        [changed.pk],
    )
    assert (first.unused, second.unused, second.to_clean) == (False, True, 0)
    client = as_person(teacher)
    said = text(client)
    assert left.full_name in said
    assert "sans usage depuis un an" in said
    where = f"/changement-d-annee/favoris/{made.uuid}"
    assert client.post(f"{where}/nettoyer/").headers["Location"] == f"{PAGE}#favoris"
    assert [entry.person for entry in made.entries.select_related("person")] == [stays]
    client.post(f"{where}/renommer/", {"name": "Équipe 2027"})
    client.post(f"{where}/renommer/", {"name": " "})  # refused
    made.refresh_from_db()
    assert made.name == "Équipe 2027"
    assert as_person(world.director).post(f"{where}/supprimer/").status_code == 404
    assert client.post(f"{where}/supprimer/").status_code == 302
    assert list(Favourite.objects.all()) == [old]
    favourites.resolve(by=teacher, favourite=old)
    assert not upkeep_of(Viewer(teacher))[0].unused


def test_what_space_is_taken_is_told_there(as_person: Callable[..., Client], teacher: User) -> None:
    said = text(as_person(teacher))
    assert "Libérer de l’espace</h2>" in said
    assert "Corbeille des documents" in said
    assert set(space.ICONS) == {"messages", "messages_trash", "files", "trash"}


def test_the_page_asks_as_much_for_one_line_as_for_two_hundred(
    as_person: Callable[..., Client],
    world: SchoolWorld,
    teacher: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lines = year_end_of(teacher).lines
    Resource.objects.exclude(title__in=["Mémo", "Progression"]).update(trashed_at=clock.now())
    decide(
        by=teacher, wishes=[Wish(resource=lines[0].resource.uuid, place=lines[0].place, choice=Choice.KEEP)]
    )
    favourites.create(by=teacher, name="Un", persons=[world.director])
    client = as_person(teacher)
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
    group = world.classes[0].school_class.group_set.get(profile="PUPIL")
    things = Resource.objects.bulk_create(
        Resource(
            kind="note", title=f"Fiche {n}", owner=teacher, school_year=2026, created_at=clock.now(),
            changed_at=clock.now(),
        )
        for n in range(200)
    )  # fmt: skip
    Grant.objects.bulk_create(
        Grant(resource=each, group=group, year=2026, role=1, given_by=teacher.uuid, given_at=clock.now())
        for each in things
    )
    with django_assert_num_queries(QUERIES):
        said = client.get(PAGE).content.decode()
    assert said.count('<fieldset class="ct-fate') == 200
    assert "?page=2" in said


QUERIES = 45


def test_the_api_reads_decides_and_takes_back(
    as_person: Callable[..., Client], world: SchoolWorld, teacher: User
) -> None:
    client = as_person(teacher)
    told = client.get("/api/v1/year-end/").json()
    assert (told["undecided"], len(told["lines"])) == (3, 3)
    memo = next(line for line in told["lines"] if line["title"] == "Mémo")
    assert (len(memo["people"]), memo["decision"], memo["app"]) == (4, None, "Carnet de notes")
    progress = next(line for line in told["lines"] if line["title"] == "Progression")
    (colleague,) = client.get("/api/v1/year-end/colleagues/", {"q": world.director.last_name}).json()
    answer = client.post(
        "/api/v1/year-end/decisions/",
        {
            "decisions": [
                {"resource": memo["resource"], "place": memo["place"], "choice": "KEEP"},
                {
                    "resource": progress["resource"],
                    "place": progress["place"],
                    "choice": "ENTRUST",
                    "to": colleague["uuid"],
                },
                {"resource": progress["resource"], "place": memo["resource"], "choice": "LET_GO"},
            ]
        },
        content_type="application/json",
    ).json()
    assert (answer["kept"], answer["entrusted"], answer["people"]) == (1, 1, 2)
    assert [each["code"] for each in answer["refused"]] == ["nothing-ends"]
    decision = Decision.objects.get(choice="KEEP")
    where = f"/api/v1/year-end/decisions/{decision.uuid}/"
    assert as_person(world.director).delete(where).status_code == 404
    assert client.delete(where).status_code == 204
    assert client.delete(where).status_code == 404
    assert client.get("/api/v1/year-end/").json()["undecided"] == 2
    assert as_person(world.classes[0].pupils[0]).get("/api/v1/year-end/").status_code == 404
    favourites.create(by=teacher, name="Équipe", persons=[world.director])
    (row,) = client.get("/api/v1/year-end/favourites/").json()
    assert (row["name"], row["gone"], row["unused"]) == ("Équipe", [], False)
    assert client.post(f"/api/v1/year-end/favourites/{row['uuid']}/clean/").json() == {"count": 0}
