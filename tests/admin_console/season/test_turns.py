"""The turn of the year in the console: foreseen, rehearsed, launched, reported, taken back."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.models import AuditEntry, Job
from directory.models import Administrator
from rollover import tasks
from rollover.enums import Choice
from rollover.models import Decision, Rehearsal, Turnover
from rollover.services.roll import roll_academy, roll_school
from rollover.services.undo import undo_run
from schools.models import School
from tests.admin_console.worlds import academy_admin
from tests.core.workbooks import cells_of
from tests.directory.worlds import SchoolWorld, school_world
from tests.schools.factories import AcademyFactory, SchoolFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
TURNS = "/administration/changement-d-annee/"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NOTE, BOX):
        yield


def due_world(**traits: Any) -> SchoolWorld:
    """A school whose next year is open: « Dictées » is shared with its class."""
    world = school_world(classes=1, pupils=3, **traits)
    share(world, "Dictées")
    world.school.running_year = 2027
    world.school.save()
    return world


def share(world: SchoolWorld, title: str) -> None:
    teacher = world.classes[0].teacher
    group = world.classes[0].school_class.group_set.get(profile="PUPIL")
    GrantFactory(to_group=True, resource=ResourceFactory(owner=teacher, title=title), group=group)


def run_last(name: str) -> Job:
    job = Job.objects.filter(name=name).order_by("-pk").first()
    assert job is not None
    {"rollover.roll": tasks.roll, "rollover.rehearse": tasks.rehearse, "rollover.undo": tasks.undo}[
        name
    ]._run(job)
    job.refresh_from_db()
    return job


def page_of(world: SchoolWorld) -> str:
    return reverse("console:turn", args=[world.school.uuid])


def test_a_school_foresees_its_classes_its_shares_and_what_was_decided(as_person: SignIn) -> None:
    world = due_world()
    Decision.objects.create(
        person=world.classes[0].teacher,
        resource=ResourceFactory(owner=world.classes[0].teacher),
        place=world.classes[0].school_class.uuid,
        to_year=2027,
        choice=Choice.KEEP,
        at=clock.now(),
    )
    told = as_person(world.director).get(page_of(world)).context
    (found,) = told["preview"].classes
    assert (found.pupils, found.teachers) == (3, 1)
    assert told["table"].rows[0][0] == "Carnet de notes"
    assert [number for _, number in told["table"].rows[0][1]] == [1, 0, 0]
    assert told["decided"].replace("\xa0", " ") == "1 partage gardé"


def test_the_list_of_things_is_paged_and_never_cut(as_person: SignIn) -> None:
    world = due_world()
    for number in range(60):
        share(world, f"Thing {number}")
    client = as_person(world.director)
    shown = []
    for number in (1, 2):
        context = client.get(page_of(world), {"page": number}).context
        shown += [thing.resource.pk for thing in context["preview"].things]
    assert len(shown) == len(set(shown)) == 61
    assert client.get(page_of(world), {"page": "bidon"}).status_code == 200


def test_a_rehearsal_is_kept_changes_nothing_and_says_what_changed_since(as_person: SignIn) -> None:
    world = due_world()
    client = as_person(world.director)
    followed = client.post(reverse("console:turn_rehearse", args=[world.school.uuid])).headers["Location"]
    assert run_last("rollover.rehearse").state == "done"
    assert client.get(followed).headers["Location"] == page_of(world)
    rehearsal = Rehearsal.objects.get()
    assert rehearsal.told["people_losing_access"] == 3
    world.school.refresh_from_db()
    assert world.school.class_year == 2026
    assert not client.get(page_of(world)).context["compared"].changed
    share(world, "Poésies")
    compared = client.get(page_of(world)).context["compared"]
    assert ("Partages\xa0: Carnet de notes", 2, 1, "+1", None) in compared.lines
    # What the rehearsal said is what the turn then does.
    rolled = roll_school(school=world.school, year=2027)
    assert rolled.schools[0]["people_losing_access"] == rehearsal.told["people_losing_access"]


def test_an_academy_launches_and_rehearses_all_its_schools_that_are_due(as_person: SignIn) -> None:
    academy = AcademyFactory()
    worlds = [due_world(academy=academy) for _ in range(2)]
    waiting = school_world(classes=1, pupils=1, academy=academy)
    elsewhere = due_world()
    client = as_person(academy_admin(academy))
    (offered,) = client.get(TURNS).context["academies"]
    assert offered == (academy, 2)
    client.post(reverse("console:turns_rehearse", args=[academy.code]))
    run_last("rollover.rehearse")
    assert Rehearsal.objects.count() == 3
    followed = client.post(reverse("console:turns_launch", args=[academy.code])).headers["Location"]
    assert run_last("rollover.roll").state == "done"
    assert client.get(followed).headers["Location"] == TURNS
    assert set(Turnover.objects.values_list("school", flat=True)) == {each.school.pk for each in worlds}
    assert not Turnover.objects.filter(school__in=[waiting.school, elsewhere.school]).exists()
    refused = as_person(elsewhere.director).post(reverse("console:turns_launch", args=[academy.code]))
    assert refused.status_code == 404


def test_what_was_launched_together_is_taken_back_together(as_person: SignIn) -> None:
    academy = AcademyFactory()
    worlds = [due_world(academy=academy) for _ in range(2)]
    roll_academy(academy=academy)
    first = Turnover.objects.get(school=worlds[0].school)
    client = as_person(academy_admin(academy))
    assert client.get(reverse("console:turnover", args=[first.uuid])).context["together"] == 2
    page = reverse("console:run_back", args=[first.run])
    told = client.get(page).context
    assert (told["shares"], told["attachments"], len(told["lines"])) == (2, 8, 2)
    # A director takes back their own school alone.
    assert len(as_person(worlds[0].director).get(page).context["lines"]) == 1
    asked = {"school": str(worlds[0].school.uuid)}
    one = as_person(worlds[0].director).post(
        f"/api/v1/rollovers/{first.run}/undo/", asked, content_type="application/json"
    )
    assert one.status_code == 202
    assert run_last("rollover.undo").arguments["schools"] == [worlds[0].school.pk]
    client.post(page)
    assert run_last("rollover.undo").result["grants_restored"] == 1
    assert not Turnover.objects.filter(undone_at__isnull=True).exists()
    assert client.get(page).status_code == 404


def test_what_refuses_a_turn_is_said_by_the_page_that_follows_it(as_person: SignIn) -> None:
    world = due_world()
    client = as_person(world.director)
    followed = client.post(page_of(world), {"annee": "2027"}).headers["Location"]
    roll_school(school=world.school, year=2027)
    assert run_last("rollover.roll").state == "refused"
    assert "déjà de cette année" in client.get(followed).text
    assert as_person(school_world().director).get(followed).status_code == 404


def test_the_report_tells_what_ended_and_what_is_left(as_person: SignIn) -> None:
    world = due_world()
    roll_school(school=world.school, year=2027, by=world.director.uuid)
    turnover = Turnover.objects.get()
    client = as_person(world.director)
    told = client.get(reverse("console:turnover", args=[turnover.uuid])).context
    report = told["report"]
    assert (report.purged, report.told["people_losing_access"]) == (1, 3)
    assert report.how == f"demandé par {world.director.full_name}"
    assert [(each.pupils, each.teachers) for each in report.classes] == [(3, 1)]
    assert {label: number for label, number, _ in report.left}["Élèves sans classe"] == 3
    other = as_person(school_world().director)
    assert other.get(reverse("console:turnover", args=[turnover.uuid])).status_code == 404
    api = client.get(f"/api/v1/rollovers/turnovers/{turnover.uuid}/").json()
    assert api["told"]["people_losing_access"] == 3


def test_the_undo_is_foreseen_and_its_report_says_the_same(as_person: SignIn) -> None:
    world = due_world()
    roll_school(school=world.school, year=2027)
    turnover = Turnover.objects.get()
    client = as_person(world.director)
    back = reverse("console:turn_back", args=[turnover.uuid])
    foreseen = client.get(back).context["back"]
    assert (foreseen.count, foreseen.attachments) == (1, 4)
    api = client.get(f"/api/v1/rollovers/turnovers/{turnover.uuid}/undo/").json()
    assert (api["back"]["grants_restored"], api["refusal"]) == (1, None)
    client.post(back)
    assert run_last("rollover.undo").state == "done"
    turnover.refresh_from_db()
    assert turnover.undo_figures == foreseen.kept()
    assert "Cette bascule est annulée" in client.get(reverse("console:turnover", args=[turnover.uuid])).text
    api = client.get(f"/api/v1/rollovers/turnovers/{turnover.uuid}/undo/").json()
    assert api["refusal"]["type"] == "urn:cartable:nothing-to-undo"


def test_a_later_turn_is_said_before_with_what_to_do(as_person: SignIn) -> None:
    world = due_world()
    roll_school(school=world.school, year=2027)
    School.objects.update(running_year=2028)
    world.school.refresh_from_db()
    roll_school(school=world.school, year=2028)
    last, first = Turnover.objects.order_by("-pk")
    client = as_person(world.director)
    page = client.get(reverse("console:turn_back", args=[first.uuid]))
    assert reverse("console:turn_back", args=[last.uuid]) in page.text
    assert client.post(reverse("console:turn_back", args=[first.uuid])).status_code == 409
    undo_run(run=last.run)
    assert client.get(reverse("console:turn_back", args=[first.uuid])).context["back"] is not None


def test_pages_leave_as_spreadsheets_and_that_is_recorded(as_person: SignIn) -> None:
    world = due_world()
    client = as_person(world.director)
    sheet = client.get(reverse("console:turn_export", args=[world.school.uuid, "xlsx"]))
    rows = cells_of(BytesIO(b"".join(sheet.streaming_content)))
    assert ["Partages qui prennent fin", "Carnet de notes", "à une classe", "1"] in rows
    assert any(row[:2] == ["Production qui ne sera plus vue", "Dictées"] for row in rows)
    roll_school(school=world.school, year=2027)
    report = reverse("console:turnover_export", args=[Turnover.objects.get().uuid, "csv"])
    assert "Classe qui prend fin" in b"".join(client.get(report).streaming_content).decode()
    told = client.get(reverse("console:turns_export", args=["csv"]))
    assert world.school.uai in b"".join(told.streaming_content).decode()
    assert AuditEntry.objects.filter(verb="school.turn_exported").count() == 3


def _asked(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_a_scope_asks_as_much_for_two_schools_as_for_two_hundred(as_person: SignIn) -> None:
    academy = AcademyFactory()
    for _ in range(2):
        due_world(academy=academy)
    client = as_person(academy_admin(academy))
    few, api = _asked(client, TURNS), _asked(client, "/api/v1/rollovers/schools/")
    for _ in range(10):
        due_world(academy=academy)
    SchoolFactory.create_batch(188, academy=academy)
    assert _asked(client, TURNS) == few <= 40
    assert _asked(client, "/api/v1/rollovers/schools/") == api <= 30


def test_a_school_asks_as_much_for_one_thing_as_for_two_hundred(as_person: SignIn) -> None:
    world = due_world()
    client = as_person(world.director)
    few = _asked(client, page_of(world))
    for number in range(200):
        share(world, f"Thing {number}")
    assert _asked(client, page_of(world)) == few <= 50
    assert Administrator.objects.exists()
