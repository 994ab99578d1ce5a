"""The school's settings through the API: what its pages do, for the same people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts.enums import Profile
from directory.models import Administrator, Block
from documents.querysets import quota_of
from schools.models import School, SchoolSettings
from tests.directory.worlds import school_world

pytestmark = pytest.mark.django_db
JSON = "application/json"


def at(school: School, name: str) -> str:
    return f"/api/v1/administration/schools/{school.uuid}/{name}/"


def test_settings_are_read_and_changed_one_by_one(as_person) -> None:
    world = school_world(name="ECOLE J FERRY")
    client = as_person(world.director)
    address = at(world.school, "settings")
    assert client.get(address).json()["quiet_from"] == "20:00:00"
    told = client.patch(address, {"name": "École Jules-Ferry", "quiet_weekends": False}, JSON).json()
    assert (told["name"], told["fed_name"]) == ("École Jules-Ferry", "ECOLE J FERRY")
    assert (told["quiet_from"], told["quiet_weekends"]) == ("20:00:00", False)
    refused = client.patch(address, {"message": "Bonjour"}, JSON)
    assert (refused.status_code, refused.json()["type"]) == (400, "urn:cartable:bad-setting")
    words = {"message": "Bonjour", "message_until": "2026-10-01", "message_profiles": ["PUPIL"]}
    assert client.patch(address, words, JSON).status_code == 200
    assert client.patch(address, {"relatives_reach_relatives": True}, JSON).status_code == 200
    assert SchoolSettings.objects.get().message_profiles == ["PUPIL"]
    assert School.objects.get().relatives_reach_relatives


def test_blocks_are_made_changed_and_lifted(as_person) -> None:
    world = school_world(pupils=2)
    client = as_person(world.director)
    address = at(world.school, "blocks")
    made = client.post(address, {"profile": "PUPIL", "reason": "Rentrée"}, JSON)
    assert (made.status_code, made.json()["people"]) == (201, 2)
    assert client.post(address, {"profile": "PUPIL"}, JSON).status_code == 409
    line = next(each for each in client.get(address).json()["profiles"] if each["profile"] == "PUPIL")
    assert (line["blocked"], line["people"]) == (True, 2)
    changed = client.put(at(world.school, "blocks/PUPIL"), {"until_turnover": True}, JSON)
    assert (changed.status_code, changed.json()["until_turnover"]) == (200, True)
    assert client.delete(at(world.school, "blocks/PUPIL")).status_code == 204
    assert client.delete(at(world.school, "blocks/NOBODY")).status_code == 404
    assert client.put(at(world.school, "blocks/PUPIL"), {}, JSON).status_code == 404
    assert Block.objects.get().lifted_at is not None


def test_rights_space_and_applications(as_person) -> None:
    world = school_world(pupils=1)
    teacher, pupil = world.classes[0].teacher, world.classes[0].pupils[0]
    client = as_person(world.director)
    rights = at(world.school, "administrators")
    given = client.post(rights, {"person": str(teacher.uuid)}, JSON)
    assert given.status_code == 201
    assert client.post(rights, {"person": str(pupil.uuid)}, JSON).status_code == 404
    assert client.post(rights, {"person": str(teacher.uuid), "scope": "ACADEMY"}, JSON).status_code == 403
    fed = Administrator.objects.get(person=world.director)
    refused = as_person(teacher).delete(f"/api/v1/administration/administrators/{fed.pk}/")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:cartable:named-by-feed")
    key = given.json()["key"]
    assert client.delete(f"/api/v1/administration/administrators/{key}/").status_code == 204
    limits = {"limits": {"PUPIL": 1_000_000}}
    assert client.put(at(world.school, "quotas"), limits, JSON).json()["PUPIL"]["limit"] == 1_000_000
    own = client.put(f"/api/v1/administration/people/{pupil.uuid}/quota/", {"limit": 5}, JSON)
    assert (own.json()["own"], quota_of(pupil).limit) == (5, 5)
    off = {"off": {"documents": ["PUPIL"]}}
    told = {
        each["key"]: each["off"] for each in client.put(at(world.school, "applications"), off, JSON).json()
    }
    assert (told["documents"], told["messaging"]) == (["PUPIL"], [])
    assert client.put(at(world.school, "applications"), {"off": {"x": []}}, JSON).status_code == 400
    assert client.get(at(world.school, "feeds")).json()["runs"] == []
    body = {"logo": SimpleUploadedFile("x.png", b"no picture", "image/png")}
    sent = client.put(at(world.school, "logo"), encode_multipart(BOUNDARY, body), MULTIPART_CONTENT)
    assert sent.status_code == 422


def test_for_the_administrators_of_another_school_nothing_is_there(as_person) -> None:
    here, there = school_world(pupils=1), school_world()
    client = as_person(there.director)
    for name in ("settings", "blocks", "applications", "administrators", "quotas", "feeds"):
        assert client.get(at(here.school, name)).status_code == 404
    assert client.post(at(here.school, "blocks"), {"profile": Profile.PUPIL}, JSON).status_code == 404
    pupil = here.classes[0].pupils[0]
    assert client.put(f"/api/v1/administration/people/{pupil.uuid}/quota/", {}, JSON).status_code == 404
