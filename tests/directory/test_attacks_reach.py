"""An adversary who looks: other schools, other families, people on their way out, through every page and API."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from accounts.enums import Profile
from accounts.models import User
from directory.services.opening import open_groups
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AttachmentFactory,
    BlockFactory,
    GuardianshipFactory,
    MembershipFactory,
    TieRestrictionFactory,
)
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at
from tests.schools.factories import AcademyFactory, DistrictFactory

pytestmark = pytest.mark.django_db

type AsPerson = Callable[[User], Client]

SECRET = {"email": "secret@exemple.fr", "mobile_phone": "0612345678", "address": "3 rue Cachée"}


@pytest.fixture
def here() -> SchoolWorld:
    academy = AcademyFactory()
    return school_world(academy=academy, district=DistrictFactory(academy=academy))


@pytest.fixture
def there(here: SchoolWorld) -> SchoolWorld:
    academy = here.school.academy
    return school_world(academy=academy, district=DistrictFactory(academy=academy))


def pages_of(person: User) -> list[str]:
    return [
        f"/annuaire/personne/{person.uuid}/",
        f"/api/v1/annuaire/{person.uuid}/",
        f"/api/v1/people/{person.uuid}/",
    ]


def places_of(world: SchoolWorld) -> list[str]:
    school_class = world.classes[0].school_class
    groups = world.school.group_set.values_list("uuid", flat=True)
    return [
        f"/annuaire/ecole/{world.school.uuid}/",
        f"/annuaire/classe/{school_class.uuid}/",
        f"/api/v1/schools/{world.school.uuid}/",
        f"/api/v1/classes/{school_class.uuid}/",
        *(f"/api/v1/groups/{uuid}/" for uuid in groups),
        *(f"/api/v1/groups/{uuid}/members/" for uuid in groups),
    ]


def seen(client: Client, words: str = "") -> str:
    """All that somebody reads by lists and searches, in one text."""
    addresses = [
        "/",
        "/annuaire/",
        "/annuaire/ecole/",
        f"/annuaire/recherche/?q={words}",
        "/api/v1/people/",
        "/api/v1/classes/",
        "/api/v1/groups/",
        f"/api/v1/annuaire/?q={words}",
    ]
    return "\n".join(client.get(address).content.decode() for address in addresses)


def assert_nothing(client: Client, addresses: list[str]) -> None:
    """Each answers 404, in the very words of what never was."""
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 404, address
        if address.startswith("/api/"):
            never = client.get(address.replace(address.split("/")[4], str(uuid4())))
            assert answer.json() == never.json()


def everybody(world: SchoolWorld) -> list[User]:
    in_class = world.classes[0]
    return [world.director, in_class.teacher, *in_class.pupils, *in_class.relatives]


@pytest.mark.parametrize("kind", ["pupil", "relative", "teacher", "guest", "former teacher"])
def test_nobody_finds_another_school(
    here: SchoolWorld, there: SchoolWorld, as_person: AsPerson, kind: str
) -> None:
    in_class = here.classes[0]
    guest = PersonFactory(guest=True, activated=True)
    AttachmentFactory(person=guest, school=here.school)
    former = teacher_at(there.school, there.classes[0].school_class)
    former.attachment_set.update(ended_on="2026-10-01")
    former.classattachment_set.update(ended_on="2026-10-01")
    AttachmentFactory(person=former, school=here.school)
    me = {
        "pupil": in_class.pupils[0],
        "relative": in_class.relatives[0],
        "teacher": in_class.teacher,
        "guest": guest,
        "former teacher": former,
    }[kind]
    client = as_person(me)
    strangers = [person for person in everybody(there) if person != there.director]
    assert_nothing(client, places_of(there) + [page for person in strangers for page in pages_of(person)])
    for stranger in strangers:
        assert str(stranger.uuid) not in seen(client, stranger.last_name)


def test_a_class_that_is_not_ones_own_is_closed_to_families_and_pupils(as_person: AsPerson) -> None:
    world = school_world(classes=2)
    mine, other = world.classes
    closed = [
        f"/annuaire/classe/{other.school_class.uuid}/",
        f"/api/v1/classes/{other.school_class.uuid}/",
        *(page for person in (*other.pupils, *other.relatives, other.teacher) for page in pages_of(person)),
    ]
    for me in (mine.pupils[0], mine.relatives[0]):
        assert_nothing(as_person(me), closed)


@pytest.mark.parametrize("talking", [False, True])
def test_parents_who_live_apart_see_nothing_of_one_another(as_person: AsPerson, talking: bool) -> None:
    world = school_world(relatives_reach_relatives=talking)
    child, father = world.classes[0].pupils[0], world.classes[0].relatives[0]
    mother = relative_of(child, first_name="Yvonne", last_name="Zzyx", **SECRET)
    client = as_person(father)
    assert_nothing(client, pages_of(mother))
    read = [
        seen(client, "Zzyx"),
        seen(client, "Yvone"),
        *(client.get(p).content.decode() for p in pages_of(child)),
    ]
    for text in read:
        assert "Yvonne" not in text
        assert str(mother.uuid) not in text
        for secret in SECRET.values():
            assert secret not in text
    found = client.get("/api/v1/annuaire/?q=Zzyx").json()
    assert found["count"] == 0


def test_a_relative_whose_tie_was_limited_reads_no_card_and_no_class(
    as_person: AsPerson, here: SchoolWorld
) -> None:
    child, parent = here.classes[0].pupils[0], here.classes[0].relatives[0]
    TieRestrictionFactory(relative=parent, pupil=child)
    client = as_person(parent)
    assert_nothing(client, pages_of(child) + pages_of(here.classes[0].teacher))
    assert_nothing(client, [f"/annuaire/classe/{here.classes[0].school_class.uuid}/"])
    assert client.get("/").status_code == 200


def test_a_relative_whose_tie_was_ended_finds_nothing_of_the_school(
    as_person: AsPerson, here: SchoolWorld
) -> None:
    child, parent = here.classes[0].pupils[0], here.classes[0].relatives[0]
    TieRestrictionFactory(relative=parent, pupil=child, over=True)
    client = as_person(parent)
    assert_nothing(
        client,
        places_of(here) + [p for person in everybody(here) if person != parent for p in pages_of(person)],
    )
    text = seen(client, child.first_name)
    assert str(child.uuid) not in text
    assert here.school.name not in text


def test_a_team_reads_the_address_of_a_relative_only_by_a_tie_that_stands(as_person: AsPerson) -> None:
    """Where the direction ended the tie, the school has no reason left to read where they live."""
    world = school_world()
    child = world.classes[0].pupils[0]
    out = relative_of(child, **SECRET)
    TieRestrictionFactory(relative=out, pupil=child, over=True)
    assert_nothing(as_person(world.classes[0].teacher), pages_of(out))


def test_a_pupil_learns_no_date_and_no_decision_from_a_classmates_card(
    as_person: AsPerson, here: SchoolWorld
) -> None:
    me, classmate = here.classes[0].pupils
    shared = here.classes[0].relatives[0]
    GuardianshipFactory(relative=shared, pupil=classmate)
    TieRestrictionFactory(relative=shared, pupil=classmate)
    client = as_person(me)
    card = client.get(f"/api/v1/annuaire/{classmate.uuid}/").json()
    assert card["birth_date"] is None
    assert card["guardians"] == []
    assert not any(card["contact"].values())
    page = client.get(f"/annuaire/personne/{classmate.uuid}/").content.decode()
    assert "2018" not in page
    assert shared.first_name not in page.replace(me.first_name, "").split("<main")[1]


def test_a_relative_reads_no_birth_date_but_no_less_than_before(
    as_person: AsPerson, here: SchoolWorld
) -> None:
    parent, teacher = here.classes[0].relatives[0], here.classes[0].teacher
    User.objects.filter(pk=teacher.pk).update(**SECRET)
    card = as_person(parent).get(f"/api/v1/annuaire/{teacher.uuid}/").json()
    assert card["birth_date"] is None
    assert not any(card["contact"].values())


def test_colleagues_of_another_school_of_the_district_read_no_contact(as_person: AsPerson) -> None:
    academy = AcademyFactory()
    district = DistrictFactory(academy=academy)
    one, two = (school_world(academy=academy, district=district) for _ in range(2))
    User.objects.filter(pk=two.classes[0].teacher.pk).update(**SECRET)
    card = as_person(one.classes[0].teacher).get(f"/api/v1/annuaire/{two.classes[0].teacher.uuid}/").json()
    assert not any(card["contact"].values())
    assert_nothing(as_person(one.classes[0].teacher), pages_of(two.classes[0].pupils[0]))


def test_whoever_is_on_their_way_out_is_found_by_nobody_nor_those_reached_through_them(
    as_person: AsPerson, here: SchoolWorld
) -> None:
    in_class = here.classes[0]
    gone, parent = in_class.pupils[0], in_class.relatives[0]
    User.objects.filter(pk=gone.pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    for me in (here.director, in_class.teacher, in_class.pupils[1]):
        assert_nothing(as_person(me), pages_of(gone))
        assert str(gone.uuid) not in seen(as_person(me), gone.last_name)
    for me in (here.director, in_class.teacher):
        assert_nothing(as_person(me), pages_of(parent))
        for group in here.school.group_set.all():
            members = as_person(me).get(f"/api/v1/groups/{group.uuid}/members/").json()["results"]
            assert {str(gone.uuid), str(parent.uuid)}.isdisjoint(row["uuid"] for row in members)
    assert_nothing(as_person(parent), places_of(here) + pages_of(in_class.teacher) + pages_of(gone))


def test_whoever_is_on_their_way_out_opens_one_page_alone(as_person: AsPerson, here: SchoolWorld) -> None:
    gone = here.classes[0].teacher
    client = as_person(gone)
    assert client.get("/annuaire/").status_code == 200
    User.objects.filter(pk=gone.pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    for address in ["/", "/annuaire/", "/mon-compte/", *places_of(here)[:2]]:
        assert client.get(address)["Location"] == "/mon-compte/depart/"
        part = client.get(address, headers={"HX-Request": "true"})
        assert (part.status_code, part["HX-Redirect"]) == (204, "/mon-compte/depart/")
    for address in ("/api/v1/people/", "/api/v1/me/", "/api/v1/groups/"):
        assert client.get(address).status_code == 403
    assert client.post("/api/v1/me/password/", {"present": "a", "password": "b"}).status_code == 403


def test_a_block_holds_at_the_next_request_of_pages_parts_and_api(
    as_person: AsPerson, here: SchoolWorld
) -> None:
    for address, headers in (
        ("/annuaire/", {}),
        ("/annuaire/", {"HX-Request": "true"}),
        ("/api/v1/people/", {}),
    ):
        person = pupil_in(here.classes[0].school_class)
        client = as_person(person)
        assert client.get(address, headers=headers).status_code == 200
        BlockFactory(person=person)
        answer = client.get(address, headers=headers)
        assert "Ton espace est fermé" in answer.content.decode().replace("\\u00e9", "é").replace(
            "\\u2019", "’"
        )
        assert answer.status_code == (200 if headers else 403)
        assert client.get("/api/v1/me/").status_code == 403, "their session is over"


def test_a_blocked_profile_is_out_of_that_school_and_in_the_other(
    as_person: AsPerson, here: SchoolWorld, there: SchoolWorld
) -> None:
    both = teacher_at(here.school, here.classes[0].school_class)
    AttachmentFactory(person=both, school=there.school)
    BlockFactory(of_profile=True, school=here.school, profile=Profile.TEACHER)
    client = as_person(both)
    assert_nothing(client, places_of(here) + pages_of(here.classes[0].pupils[0]))
    assert client.get(f"/api/v1/schools/{there.school.uuid}/").status_code == 200
    assert as_person(here.classes[0].teacher).get("/").status_code == 403


def test_detaching_holds_at_the_next_request(as_person: AsPerson, here: SchoolWorld) -> None:
    from directory.services.detach import detach

    teacher = here.classes[0].teacher
    client = as_person(teacher)
    assert client.get(places_of(here)[1]).status_code == 200
    detach(by=here.director, person=teacher, school=here.school)
    assert_nothing(client, places_of(here) + pages_of(here.classes[0].pupils[0]))


def test_a_group_tells_its_members_to_no_family_and_no_guest(as_person: AsPerson, here: SchoolWorld) -> None:
    guest = PersonFactory(guest=True, activated=True)
    AttachmentFactory(person=guest, school=here.school)
    group = here.school.group_set.get(protected=True)
    for person in (guest, here.classes[0].relatives[0], here.classes[0].pupils[0]):
        MembershipFactory(group=group, person=person)
        told = as_person(person).get(f"/api/v1/groups/{group.uuid}/members/")
        assert told.json()["results"] == []


@pytest.mark.parametrize("words", ["Zz", "Zzy", "Zzyxx", "zzyxovitch", "Z", "%", "_", "%25", "*", ".*", "\\"])
def test_search_is_no_oracle_of_names_outside_reach(
    as_person: AsPerson, here: SchoolWorld, there: SchoolWorld, words: str
) -> None:
    pupil_in(there.classes[0].school_class, first_name="Zzyxovitch", last_name="Zzyx")
    for me in (here.classes[0].relatives[0], here.classes[0].teacher, here.classes[0].pupils[0]):
        client = as_person(me)
        found = client.get("/api/v1/annuaire/", {"q": words}).json()
        assert all("Zzyx" not in row["name"] for row in found["results"])
        assert found["count"] == len(found["results"]) <= len(everybody(here))
        page = client.get("/annuaire/recherche/", {"q": words})
        assert "Zzyxovitch" not in page.content.decode().replace(f'value="{words}"', "").replace(
            "zzyxovitch", ""
        )


def test_district_and_academy_administrators_stay_in_their_own(
    as_person: AsPerson, here: SchoolWorld, there: SchoolWorld
) -> None:
    from directory.enums import Scope
    from tests.directory.factories import AdministratorFactory

    elsewhere = school_world()
    erun, chief = PersonFactory(staff=True, activated=True), PersonFactory(staff=True, activated=True)
    AdministratorFactory(
        person=erun, scope=Scope.DISTRICT, school=None, district=here.school.district, academy=None
    )
    AdministratorFactory(
        person=chief, scope=Scope.ACADEMY, school=None, district=None, academy=here.school.academy
    )
    assert_nothing(as_person(erun), places_of(there) + pages_of(there.classes[0].teacher))
    assert_nothing(as_person(chief), places_of(elsewhere) + pages_of(elsewhere.classes[0].teacher))
    for admin, foreign in ((erun, there), (chief, elsewhere)):
        client = as_person(admin)
        made = {"school": str(foreign.school.uuid), "name": "Chorale"}
        assert client.post("/api/v1/groups/", made, content_type="application/json").status_code == 404
        own = here.school.group_set.get(protected=True)
        added = client.post(
            f"/api/v1/groups/{own.uuid}/members/",
            {"people": [str(foreign.classes[0].pupils[0].uuid)]},
            content_type="application/json",
        )
        assert added.status_code in (400, 404)
        teachers = f"/api/v1/classes/{foreign.classes[0].school_class.uuid}/teachers/"
        assert client.put(f"{teachers}{foreign.classes[0].teacher.uuid}/").status_code == 404


def test_nothing_is_written_by_fields_that_nobody_offered(as_person: AsPerson, here: SchoolWorld) -> None:
    open_groups()
    client = as_person(here.director)
    made = client.post(
        "/api/v1/groups/",
        {
            "school": str(here.school.uuid),
            "name": "Chorale",
            "protected": True,
            "kind": "DIRECTION",
            "created_by": str(uuid4()),
            "profile": "TEACHER",
        },
        content_type="application/json",
    ).json()
    assert (made["kind"], made["protected"], made["profile"]) == ("MANUAL", False, None)
    me = here.classes[0].relatives[0]
    sent = {"profile": "STAFF", "username": "admin", "own_email": "x@exemple.fr", "uuid": str(uuid4())}
    for method in ("put", "patch", "post"):
        answer = getattr(as_person(me), method)("/api/v1/me/", sent, content_type="application/json")
        assert answer.status_code == 405
    as_person(me).post("/mon-compte/courriel/", {**sent, "email": "moi@exemple.fr"})
    me.refresh_from_db()
    assert (me.profile, me.own_email) == (Profile.RELATIVE, "")
