"""An application that a school does without is nowhere for its people; what is in it stays."""

from io import BytesIO

import pytest

from accounts.enums import Profile
from core.models import AuditEntry
from core.storage.services import receive
from directory.querysets.applications import applications_closed_to
from directory.querysets.standpoint import standpoint_of
from directory.services.blocks import block_profile
from directory.services.school_settings import set_applications
from documents.services import files
from schools.errors import BadSetting
from sharing.models import Resource
from tests.directory.factories import AttachmentFactory
from tests.directory.worlds import relative_of, school_world
from ui.applications import applications

pytestmark = pytest.mark.django_db
DOCUMENTS = "/documents/"
API = "/api/v1/documents/"
PAGE = "/administration/etablissement/applications/"


def test_closed_to_pupils_it_is_gone_for_them_alone_and_comes_back_whole(as_person) -> None:
    world = school_world(pupils=1)
    pupil, teacher = world.classes[0].pupils[0], world.classes[0].teacher
    received = receive(file=BytesIO(b"Bonjour"), name="mots.txt")
    files.add(by=pupil, blob=received.blob, name=received.name)
    director = as_person(world.director)
    everywhere = {f"{each.key}:{profile}": "on" for each in applications for profile in Profile.values}
    kept = {name: on for name, on in everywhere.items() if name != f"documents:{Profile.PUPIL}"}
    assert director.post(PAGE, kept).status_code == 302

    client = as_person(pupil)
    assert [client.get(address).status_code for address in (DOCUMENTS, API)] == [404, 404]
    assert DOCUMENTS not in client.get("/?tout=1").text
    staying = as_person(teacher)
    assert [staying.get(address).status_code for address in (DOCUMENTS, API)] == [200, 200]
    assert DOCUMENTS in staying.get("/?tout=1").text
    assert Resource.objects.filter(owner=pupil).exists()

    director.post(PAGE, everywhere)
    assert "mots" in client.get(DOCUMENTS).text
    verbs = list(AuditEntry.objects.filter(verb="school.applications").order_by("pk").values_list("after"))
    nothing: dict[str, list[str]] = {each.key: [] for each in applications}
    assert verbs == [(nothing | {"documents": ["PUPIL"]},), (nothing,)]


def test_closed_to_all_the_console_the_annuaire_and_the_account_stay(as_person) -> None:
    world = school_world()
    set_applications(by=world.director, school=world.school, off={"documents": list(Profile)})
    client = as_person(world.director)
    assert client.get(DOCUMENTS).status_code == 404
    for address in ("/administration/", "/annuaire/", "/mon-compte/", "/", PAGE):
        assert client.get(address).status_code in (200, 302), address


def test_whoever_has_another_school_where_it_is_open_keeps_it() -> None:
    here, there = school_world(pupils=1), school_world(pupils=1)
    relative = relative_of(here.classes[0].pupils[0], there.classes[0].pupils[0])
    teacher = here.classes[0].teacher
    AttachmentFactory(person=teacher, school=there.school)
    everyone = {"documents": list(Profile)}
    set_applications(by=here.director, school=here.school, off=everyone)
    for person in (relative, teacher):
        assert applications_closed_to(standpoint_of(person)) == frozenset()
    assert applications_closed_to(standpoint_of(here.classes[0].pupils[0])) == {"documents"}
    # the other school shuts its parents out: what is left to them is the one without it
    block_profile(by=there.director, school=there.school, profile=Profile.RELATIVE)
    assert applications_closed_to(standpoint_of(relative)) == {"documents"}
    set_applications(by=there.director, school=there.school, off=everyone)
    assert applications_closed_to(standpoint_of(teacher)) == {"documents"}


def test_an_application_that_is_not_is_refused() -> None:
    world = school_world()
    with pytest.raises(BadSetting):
        set_applications(by=world.director, school=world.school, off={"console": [Profile.STAFF]})
