"""Acts on the accounts chosen: foreseen, done by a job, told with whom they left out and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Source
from accounts.models import User
from core.models import Job, JobState
from directory.bulk_jobs import act_on_accounts
from directory.models import Block, ClassAttachment, Membership
from tests.directory.annuaire.crowds import crowd
from tests.directory.factories import AdministratorFactory, BlockFactory, GroupFactory
from tests.directory.worlds import SchoolWorld, school_world, teacher_at

pytestmark = pytest.mark.django_db
BULK = "/administration/utilisateurs/lot/"
START = f"{BULK}lancer/"
API = "/api/v1/administration/people/bulk/"


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=1, pupils=2)


def uuids(*people: User) -> list[str]:
    return [str(person.uuid) for person in people]


def done(by: User) -> Job:
    """The job that this person started, run as a worker does."""
    job = Job.objects.get(actor=by.uuid)
    act_on_accounts._received(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.problem
    return job


def test_a_block_is_foreseen_then_done_and_says_whom_it_left_out(as_person, world) -> None:
    first, second = world.classes[0].pupils
    BlockFactory(person=second)
    client = as_person(world.director)
    chosen = uuids(first, second, world.director)
    page = client.post(BULK, {"acte": "block", "choisi": chosen})
    assert "1 compte sera bloqué." in page.text
    assert "déjà bloqué" in page.text
    assert "c’est votre compte" in page.text
    assert Block.objects.filter(person=first).count() == 0
    answer = client.post(START, {"acte": "block", "choisi": chosen, "motif": "Sortie"})
    job = done(world.director)
    assert answer.url == f"{BULK}{job.uuid}/"
    assert Block.objects.get(person=first).reason == "Sortie"
    told = client.get(answer.url).text
    assert "1 compte a été bloqué." in told
    assert "2 comptes laissés de côté" in told


def test_the_list_is_found_again_as_it_was_filtered(as_person, world) -> None:
    client = as_person(world.director)
    order = {"acte": "block", "choisi": uuids(world.classes[0].pupils[0]), "profil": "PUPIL"}
    answer = client.post(START, order)
    assert answer.url == f"{BULK}{done(world.director).uuid}/?profil=PUPIL"
    assert f'href="{reverse("console:users")}?profil=PUPIL"' in client.get(answer.url).text


def test_everything_that_is_filtered_may_be_acted_on(as_person, world) -> None:
    client = as_person(world.director)
    page = client.post(BULK, {"acte": "block", "tout": "1", "profil": "PUPIL"})
    assert "2 comptes seront bloqués." in page.text
    for pupil in world.classes[0].pupils:
        assert f'name="choisi" value="{pupil.uuid}"' in page.text


def test_nobody_out_of_the_scope_is_ever_acted_on(as_person, world) -> None:
    stranger = school_world(academy=world.school.academy).classes[0].pupils[0]
    client = as_person(world.director)
    page = client.post(BULK, {"acte": "block", "choisi": uuids(stranger)})
    assert stranger.full_name not in page.text
    client.post(START, {"acte": "block", "choisi": uuids(stranger)})
    assert done(world.director).result == {"act": "block", "done": 0, "skipped": []}
    assert not Block.objects.filter(person=stranger).exists()


def test_whoever_administers_more_is_left_out(as_person, world) -> None:
    AdministratorFactory(person=world.classes[0].teacher, of_platform=True)
    page = as_person(world.director).post(BULK, {"acte": "block", "choisi": uuids(world.classes[0].teacher)})
    assert "administre plus que vous" in page.text


def test_blocks_are_lifted_together(as_person, world) -> None:
    first, second = world.classes[0].pupils
    BlockFactory(person=first)
    client = as_person(world.director)
    client.post(START, {"acte": "unblock", "choisi": uuids(first, second)})
    told = done(world.director).result
    assert told["done"] == 1
    assert [each["why"] for each in told["skipped"]] == ["n’est pas bloqué en son nom"]


def test_teachers_are_added_to_a_class_chosen_first(as_person, world) -> None:
    school_class = world.classes[0].school_class
    idle = teacher_at(world.school)
    client = as_person(world.director)
    chosen = uuids(idle, world.classes[0].pupils[0], world.classes[0].teacher)
    page = client.post(BULK, {"acte": "class", "choisi": chosen})
    assert f'<option value="{school_class.uuid}">' in page.text
    page = client.post(BULK, {"acte": "class", "choisi": chosen, "cible": school_class.uuid})
    assert "1 compte sera ajouté" in page.text
    assert "n’est pas enseignant de l’école" in page.text
    client.post(START, {"acte": "class", "choisi": chosen, "cible": school_class.uuid})
    assert done(world.director).result["done"] == 1
    assert ClassAttachment.objects.filter(person=idle, school_class=school_class).exists()


def test_people_are_added_to_a_manual_group(as_person, world) -> None:
    group = GroupFactory(school=world.school)
    client = as_person(world.director)
    client.post(START, {"acte": "group", "choisi": uuids(*world.classes[0].pupils), "cible": group.uuid})
    assert done(world.director).result["done"] == 2
    assert Membership.objects.filter(group=group).count() == 2


def test_a_group_or_class_of_elsewhere_is_not_found(as_person, world) -> None:
    other = school_world(academy=world.school.academy)
    client = as_person(world.director)
    posted = {"choisi": uuids(world.classes[0].teacher)}
    for act, target in (("class", other.classes[0].school_class.uuid), ("group", GroupFactory().uuid)):
        assert client.post(BULK, {"acte": act, "cible": target, **posted}).status_code == 404


def test_fed_accounts_are_not_pre_deleted_by_hand(as_person, world) -> None:
    first, second = world.classes[0].pupils
    User.objects.filter(pk=first.pk).update(source=Source.AAF1D)
    User.objects.filter(pk=second.pk).update(source=Source.MANUAL)
    client = as_person(world.director)
    client.post(START, {"acte": "pre_delete", "choisi": uuids(first, second)})
    told = done(world.director).result
    assert told["done"] == 1
    assert [each["why"] for each in told["skipped"]] == ["compte tenu par l’alimentation"]
    second.refresh_from_db()
    assert second.pre_deleted_on is not None


def test_too_many_at_once_are_refused_with_what_to_do(as_person, world, monkeypatch) -> None:
    monkeypatch.setattr("directory.services.bulk_accounts.MOST", 2)
    page = as_person(world.director).post(BULK, {"acte": "block", "tout": "1"})
    assert page.status_code == 409
    assert "trop de comptes" in page.text


def test_nothing_chosen_or_an_act_unknown_changes_nothing(as_person, world) -> None:
    client = as_person(world.director)
    assert client.post(BULK, {"acte": "block"}).status_code == 302
    assert client.post(BULK, {"acte": "dance", "choisi": uuids(world.director)}).status_code == 404


def test_someone_else_s_act_is_not_followed(as_person, world) -> None:
    other = school_world(academy=world.school.academy)
    client = as_person(other.director)
    client.post(START, {"acte": "block", "choisi": uuids(other.classes[0].pupils[0])})
    job = Job.objects.get(actor=other.director.uuid)
    assert as_person(world.director).get(f"{BULK}{job.uuid}/").status_code == 404
    assert client.get(f"{BULK}{job.uuid}/").status_code == 200


def test_the_api_foresees_then_does(as_person, world) -> None:
    client = as_person(world.director)
    body = {"act": "block", "everything": True, "profile": "PUPIL"}
    told = client.post(API, body, content_type="application/json")
    assert (told.status_code, told.json()) == (200, {"count": 2, "skipped": []})
    answer = client.post(API, {**body, "dry_run": False}, content_type="application/json")
    assert answer.status_code == 202
    assert str(done(world.director).uuid) == answer.json()["job"]
    assert Block.objects.count() == 2


def test_a_preview_asks_as_much_for_one_as_for_two_hundred(as_person, world) -> None:
    client = as_person(world.director)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post(BULK, {"acte": "block", "tout": "1", "profil": "PUPIL"})
        return len(queries)

    asked()
    few = asked()
    crowd(world.classes[0].school_class, 200)
    assert asked() == few
