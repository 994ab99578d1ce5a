"""« Gérer mon établissement » page by page: what is saved, what is refused, what others see of it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.enums import Profile
from core.models import AuditEntry
from directory.models import Administrator, Block
from directory.services.blocks import block_profile
from documents.querysets import quota_of
from documents.services.quota import set_limit
from schools.models import School, SchoolSettings
from tests.accounts.factories import PersonFactory
from tests.admin_console.worlds import academy_admin
from tests.directory.factories import AttachmentFactory
from tests.directory.worlds import class_world, school_world

pytestmark = pytest.mark.django_db
GB = 10**9


def page(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def read(client, address: str, **query) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.text


def test_a_wide_administrator_chooses_a_school_first_and_stays_on_it(as_person) -> None:
    here = school_world()
    school_world(academy=here.school.academy)
    client = as_person(academy_admin(here.school.academy))
    assert "De quelle école s’agit-il" in read(client, page("manage"))
    told = read(client, page("manage"), ecole=here.school.uuid)
    assert f"{page('blocks')}?ecole={here.school.uuid}" in told
    assert client.post(page("block", "eleves")).status_code == 404
    assert client.post(f"{page('block', 'eleves')}?ecole={here.school.uuid}").status_code == 302
    assert Block.objects.get().school == here.school


def test_the_school_of_another_is_a_404(as_person) -> None:
    here, there = school_world(), school_world()
    client = as_person(here.director)
    for name in ("manage", "blocks", "identity", "audit", "quotas"):
        assert client.get(page(name), {"ecole": there.school.uuid}).status_code == 404


def test_a_block_with_an_end_a_reason_and_a_message(as_person) -> None:
    world = school_world(pupils=1)
    client = as_person(world.director)
    address = page("block_details", "parents")
    assert client.post(address, {"end": "day"}).status_code == 422
    told = {"end": "day", "until": "2026-10-02", "reason": "Travaux", "message": "À lundi !"}
    assert client.post(address, told).status_code == 302
    block = Block.objects.get()
    assert (block.profile, block.reason, block.message) == (Profile.RELATIVE, "Travaux", "À lundi !")
    listed = read(client, page("blocks"))
    assert "1 parent bloqué" in listed
    assert "1 parent bloqués" not in listed
    assert "Travaux" in listed
    # what stands is changed, not doubled
    assert client.post(address, {"end": "turnover", "reason": "Rentrée"}).status_code == 302
    block.refresh_from_db()
    assert (block.until_turnover, block.ends_at, block.message) == (True, None, "")
    assert Block.objects.count() == 1
    assert "Rentrée" in read(client, address)


def test_a_block_set_from_above_is_shown_and_lifted_from_above_alone(as_person) -> None:
    world = school_world(pupils=1)
    above = academy_admin(world.school.academy)
    block_profile(by=above, school=world.school, profile=Profile.RELATIVE)
    client = as_person(world.director)
    listed = read(client, page("blocks"))
    assert "Seule l’académie peut débloquer." in listed
    assert "que vous débloquiez" not in listed
    assert page("unblock", "parents") not in listed
    assert "<form" not in read(client, page("block_details", "parents")).split('id="bloc"')[1]
    assert page("unblock", "parents") in read(as_person(above), page("blocks"))


def test_a_name_chosen_is_shown_and_given_back(as_person) -> None:
    world = school_world(name="ECOLE ELEM PUB J. FERRY")
    client = as_person(world.director)
    client.post(page("identity"), {"quoi": "nom", "name": "École Jules-Ferry"})
    world.school.refresh_from_db()
    assert (world.school.name, world.school.fed_name) == ("École Jules-Ferry", "ECOLE ELEM PUB J. FERRY")
    assert "École Jules-Ferry" in read(client, "/")
    client.post(page("identity"), {"quoi": "nom", "name": ""})
    world.school.refresh_from_db()
    assert (world.school.name, world.school.fed_name) == ("ECOLE ELEM PUB J. FERRY", "")


def test_a_message_is_seen_by_those_it_is_for_until_its_last_day(as_person, at, settings) -> None:
    world = school_world(pupils=1)
    client = as_person(world.director)
    told = {"quoi": "message", "message": "Photo de classe mardi.", "profiles": ["PUPIL", "RELATIVE"]}
    assert client.post(page("identity"), told).status_code == 422  # without an end
    assert client.post(page("identity"), told | {"until": "2026-09-22"}).status_code == 302
    in_class = world.classes[0]
    for person, seen in (
        (in_class.pupils[0], True),
        (in_class.relatives[0], True),
        (in_class.teacher, False),
        (world.director, False),
    ):
        assert ("Photo de classe mardi." in read(as_person(person), "/")) is seen
    SchoolSettings.objects.update(message_until=date(2026, 9, 20))
    assert "Photo de classe mardi." not in read(as_person(in_class.pupils[0]), "/")


def a_picture(size: tuple[int, int] = (2000, 1000)) -> SimpleUploadedFile:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret"
    Image.new("RGB", size, "teal").save(written, "JPEG", exif=exif)
    return SimpleUploadedFile("logo.jpg", written.getvalue(), "image/jpeg")


def test_a_logo_is_small_tells_nothing_and_is_seen_by_the_school_alone(as_person) -> None:
    world, other = school_world(), school_world()
    client = as_person(world.director)
    address = reverse("annuaire:school_logo", args=[world.school.uuid])
    assert client.get(address).status_code == 404
    assert client.post(page("logo"), {"logo": SimpleUploadedFile("x.png", b"no picture")}).status_code == 422
    assert client.post(page("logo"), {"logo": a_picture()}).status_code == 302
    blob = SchoolSettings.objects.get().logo
    assert blob is not None
    assert (blob.media_type, blob.width, blob.height, blob.references) == ("image/webp", 512, 256, 1)
    answer = as_person(world.classes[0].pupils[0]).get(address)
    assert answer.status_code == 200
    assert b"secret" not in b"".join(answer.streaming_content)
    assert as_person(other.director).get(address).status_code == 404
    client.post(page("logo"), {"retirer": "1"})
    blob.refresh_from_db()
    assert blob.references == 0
    assert client.get(address).status_code == 404


def test_quiet_hours_and_reach_between_relatives_are_saved(as_person) -> None:
    world = school_world()
    client = as_person(world.director)
    assert "20:00" in read(client, page("quiet"))
    assert client.post(page("quiet"), {"on": "on", "starts": "19:00", "ends": ""}).status_code == 422
    client.post(page("quiet"), {"on": "on", "starts": "19:00", "ends": "07:30"})
    chosen = SchoolSettings.objects.get()
    assert (chosen.quiet_from.hour, chosen.quiet_until.minute, chosen.quiet_weekends) == (19, 30, False)
    client.post(page("reach"), {"reach": "on"})
    assert School.objects.get(pk=world.school.pk).relatives_reach_relatives
    # a rule of communication as the others, told once
    rule = AuditEntry.objects.get(verb="communication.changed")
    assert rule.after == {"RELATIVE>RELATIVE": "CLASS"}
    assert "parents → parents" in read(client, page("audit"))
    assert f"{page('rules', world.school.uuid)}" in read(client, page("manage"))
    entry = AuditEntry.objects.get(verb="school.quiet_hours")
    assert (entry.before["quiet_from"], entry.after["quiet_from"]) == ("20:00:00", "19:00:00")
    # the same again leaves no trace
    client.post(page("quiet"), {"on": "on", "starts": "19:00", "ends": "07:30"})
    assert AuditEntry.objects.filter(verb="school.quiet_hours").count() == 1


def test_the_director_of_the_feed_cannot_be_removed_and_the_page_says_why(as_person) -> None:
    world = school_world()
    named = world.classes[0].teacher
    client = as_person(world.director)
    told = read(client, page("administrators"), q=named.last_name)
    assert "d’après l’alimentation" in told
    assert named.full_name in told
    posted = {"personne": str(named.uuid), "portee": "ecole"}
    client.post(page("administrator_name"), posted)
    right = Administrator.objects.get(person=named)
    # one gives no more than one has
    client.post(page("administrator_name"), posted | {"portee": "academie"})
    assert Administrator.objects.filter(person=named).count() == 1
    fed = Administrator.objects.get(person=world.director)
    other = as_person(named)
    other.post(page("administrator_take", fed.pk))
    fed.refresh_from_db()
    assert fed.ended_on is None
    client.post(page("administrator_take", right.pk))
    right.refresh_from_db()
    assert right.ended_on is not None
    assert other.get(page("manage")).status_code == 404


def test_a_school_gives_its_profiles_their_space_and_a_person_theirs(as_person) -> None:
    world = school_world(pupils=1)
    pupil, relative = world.classes[0].pupils[0], world.classes[0].relatives[0]
    usual = quota_of(relative).limit
    client = as_person(world.director)
    assert client.post(page("quotas"), {"PUPIL": "-1"}).status_code == 422
    client.post(page("quotas"), {"PUPIL": "0,75", "RELATIVE": "1"})
    assert (quota_of(pupil).limit, quota_of(relative).limit) == (750_000_000, GB)
    client.post(page("quota_person", pupil.uuid), {"limit": "3"})
    assert quota_of(pupil).limit == 3 * GB
    set_limit(by=world.director, person=pupil, limit=None)
    client.post(page("quotas"), {"PUPIL": "0,75", "RELATIVE": ""})
    assert (quota_of(pupil).limit, quota_of(relative).limit) == (750_000_000, usual)
    stranger = PersonFactory(pupil=True)
    assert client.get(page("quota_person", stranger.uuid)).status_code == 404


@pytest.mark.parametrize("name", ["manage", "blocks", "administrators", "quotas", "school_feeds"])
def test_a_page_asks_as_much_for_one_class_as_for_many(as_person, name: str) -> None:
    world = school_world(pupils=1)
    client = as_person(world.director)
    client.get(page(name))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(name)).status_code == 200
        return len(queries)

    few = asked()
    for _ in range(3):
        class_world(world.school, pupils=4)
    for _ in range(5):
        AttachmentFactory(person=PersonFactory(pupil=True), school=world.school)
    assert asked() == few
    assert few <= 26
