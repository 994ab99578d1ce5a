"""The turn foreseen by a school and by a teacher."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import invariants
from core.models import Job
from rollover import tasks
from rollover.models import Turnover
from rollover.rules import next_year, within_reach
from rollover.services.preview import preview_person, preview_school
from rollover.services.roll import roll_school
from rollover.services.undo import undo_run
from sharing.models import Grant, Resource
from tests.directory.worlds import SchoolWorld, school_world
from tests.schools.factories import SchoolFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NOTE, BOX):
        yield


@pytest.fixture
def world() -> SchoolWorld:
    """A school whose teacher shares « Dictées » with the class and « Poésies » with one pupil by name too."""
    world = school_world(classes=1, pupils=3)
    teacher, pupils = world.classes[0].teacher, world.classes[0].pupils
    group = world.classes[0].school_class.group_set.get(profile="PUPIL")
    for title in ("Dictées", "Poésies"):
        thing = ResourceFactory(owner=teacher, title=title)
        GrantFactory(to_group=True, resource=thing, group=group, given_by=teacher.uuid, role=2)
    GrantFactory(resource=thing, person=pupils[0], given_by=teacher.uuid)
    ResourceFactory(owner=teacher, title="Carnet")
    return world


def names(things: list[object]) -> dict[str, int]:
    return {each.resource.title: len(each.people) for each in things}  # type: ignore[attr-defined]


def test_a_teacher_foresees_who_will_no_longer_see_what(world: SchoolWorld) -> None:
    found = preview_person(world.classes[0].teacher)
    assert names(found.things) == {"Dictées": 3, "Poésies": 2}
    assert found.unchanged == 1
    assert preview_person(world.director).things == []


def test_a_school_foresees_the_figures_that_its_turn_then_tells(world: SchoolWorld) -> None:
    found = preview_school(world.school)
    assert found is not None
    assert (found.year, found.purged, found.told["people_losing_access"]) == (2027, 2, 3)
    assert [(each.resource.title, each.endings[0].number) for each in found.things] == [
        ("Dictées", 3),
        ("Poésies", 2),
    ]
    assert roll_school(school=world.school, year=2027).schools == [found.told]
    assert preview_school(SchoolFactory(unopened=True)) is None


def test_who_keeps_the_first_and_the_last_thing_of_a_group_is_counted_by_what_they_lose_between(
    world: SchoolWorld,
) -> None:
    teacher, (first, second, _) = world.classes[0].teacher, world.classes[0].pupils
    group = world.classes[0].school_class.group_set.get(profile="PUPIL")
    Grant.objects.all().delete()
    things = [ResourceFactory(owner=teacher, title=f"Leçon {number}") for number in range(4)]
    for thing in things:
        GrantFactory(to_group=True, resource=thing, group=group, given_by=teacher.uuid)
        GrantFactory(resource=thing, person=second, given_by=teacher.uuid)
    for thing in (things[0], things[-1]):
        GrantFactory(resource=thing, person=first, given_by=teacher.uuid)

    def losing() -> int:
        found = preview_school(world.school)
        assert found is not None
        lost = {ending.number for thing in found.things for ending in thing.endings}
        assert found.told["people_losing_access"] == max(lost, default=0), "as its list tells it"
        return int(found.told["people_losing_access"])

    assert losing() == 2, "the first pupil loses the two between, the second nothing, the third all"
    for thing in things[1:-1]:
        GrantFactory(resource=thing, person=first, given_by=teacher.uuid)
    assert losing() == 1
    Resource.objects.filter(pk__in=[thing.pk for thing in things]).update(trashed_at=timezone.now())
    assert losing() == 0, "what lies in the trash is seen by nobody already"
    assert roll_school(school=world.school, year=2027).schools[0]["people_losing_access"] == 0


def test_the_number_of_queries_does_not_follow_the_number_of_things(
    world: SchoolWorld, django_assert_max_num_queries: Callable[..., object]
) -> None:
    teacher = world.classes[0].teacher
    group = world.classes[0].school_class.group_set.get(profile="PUPIL")
    for _ in range(30):
        GrantFactory(to_group=True, resource=ResourceFactory(owner=teacher), group=group)
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
        assert len(preview_person(teacher).things) == 32


def test_undo_of_a_rollover_asked_for_does_not_hold_the_school(world: SchoolWorld) -> None:
    before = list(Grant.objects.order_by("pk").values())
    run = roll_school(school=world.school, year=2027).run
    assert run is not None
    undone = undo_run(run=run)
    assert (undone.grants_restored, undone.notes) == (2, [])
    world.school.refresh_from_db()
    assert (world.school.class_year, world.school.held_at) == (2026, None)
    assert list(Grant.objects.order_by("pk").values()) == before
    assert invariants.run_all() == []


def test_the_next_year_is_the_running_one_where_it_opened_ahead() -> None:
    assert next_year(SchoolFactory.build(running_year=2026, class_year=2025)) == 2026
    assert next_year(SchoolFactory.build(running_year=2026, class_year=2026)) == 2027
    assert next_year(SchoolFactory.build(running_year=2026, class_year=None)) is None
    assert within_reach(2027, SchoolFactory.build(running_year=2026), today=2025)
    assert not within_reach(2028, SchoolFactory.build(running_year=2026), today=2026)


def test_a_director_foresees_launches_and_undoes(
    as_person: Callable[..., Client], world: SchoolWorld
) -> None:
    world.school.running_year = 2027
    world.school.save()
    client = as_person(world.director)
    page = reverse("console:turn", args=[world.school.uuid])
    assert client.get("/administration/changement-d-annee/").headers["Location"] == page
    assert "Dictées" in client.get(page).content.decode()
    followed = client.post(page, {"annee": "2027"})
    job = Job.objects.get(name="rollover.roll")
    assert followed.headers["Location"] == reverse("console:turn_job", args=[job.uuid])
    assert client.post(page, {"annee": "2027"}).headers["Location"] == followed.headers["Location"]
    assert "Actualiser" in client.get(followed.headers["Location"]).text
    tasks.roll._run(job)
    turnover = Turnover.objects.get()
    report = reverse("console:turnover", args=[turnover.uuid])
    assert client.get(followed.headers["Location"]).headers["Location"] == report
    assert client.post(page, {"annee": "2027"}).status_code == 409  # already done
    assert turnover.by == world.director.uuid
    back = reverse("console:turn_back", args=[turnover.uuid])
    assert client.get(report).context["report"].purged == 2
    assert client.get(back).context["back"].count == 2
    followed = client.post(back)
    tasks.undo._run(Job.objects.get(name="rollover.undo"))
    assert client.get(followed.headers["Location"]).headers["Location"] == report
    assert client.post(back).status_code == 409
    assert "revenue" in client.get(report).text
    world.school.refresh_from_db()
    assert world.school.class_year == 2026


def test_the_api_previews_starts_lists_and_undoes(
    as_person: Callable[..., Client], world: SchoolWorld
) -> None:
    client = as_person(world.director)
    preview = client.get(f"/api/v1/rollovers/preview/{world.school.uuid}/").json()
    assert (preview["state"], preview["schools"][0]["year"]) == ("dry", 2027)
    other = SchoolFactory()
    assert client.get(f"/api/v1/rollovers/preview/{other.uuid}/").status_code == 404
    for asked, code in (
        ({"school": str(world.school.uuid), "year": 2027}, 202),
        ({"school": str(other.uuid)}, 404),
        ({"academy": world.school.academy.code}, 404),
        ({}, 400),
    ):
        answer = client.post("/api/v1/rollovers/", asked, content_type="application/json")
        assert answer.status_code == code
    job = Job.objects.get(name="rollover.roll")
    assert job.arguments == {"uai": world.school.uai, "year": 2027, "actor": str(world.director.uuid)}
    tasks.roll._run(job)
    job.refresh_from_db()
    assert job.state == "done"
    (row,) = client.get("/api/v1/rollovers/").json()["results"]
    assert (row["uai"], row["year"], row["state"], row["run"]) == (
        world.school.uai, 2027, "applied", job.result["run"],
    )  # fmt: skip
    assert client.post(f"/api/v1/rollovers/{row['run']}/undo/").status_code == 202
    undo = Job.objects.get(name="rollover.undo")
    tasks.undo._run(undo)
    assert client.get("/api/v1/rollovers/").json()["results"][0]["state"] == "undone"
    stranger = as_person(school_world().director)
    assert stranger.post(f"/api/v1/rollovers/{row['run']}/undo/").status_code == 404
