"""Ma fiche: a photo for adults, a drawing for pupils, a motto, and what others see of these."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.client import encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts import own_fates
from accounts.models import User
from accounts.portraits import SIDE, Crop, box_of
from accounts.services import own_card
from accounts.sessions import ASSURANCE
from core.models import AuditEntry
from core.storage.models import Blob
from core.storage.services import opened
from directory.annuaire.card import card_of
from directory.annuaire.card_parts import CONTACT, Part
from directory.annuaire.seen_by import seen_by_others
from directory.annuaire.viewer import Viewer
from tests.directory.annuaire.crowds import crowd
from tests.directory.worlds import SchoolWorld, relative_of, school_world

pytestmark = pytest.mark.django_db
type AsPerson = Callable[[User], Client]
PAGE = "/mon-compte/fiche/"
PHOTO, MOTTO, DRAWING = f"{PAGE}photo/", f"{PAGE}devise/", f"{PAGE}dessin/"
GPS = 0x8825
BOUNDARY = "BoUnDaRy"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def multipart(fields: dict[str, object]) -> bytes:
    return encode_multipart(BOUNDARY, fields)


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=1, pupils=2)


def picture(size: tuple[int, int] = (400, 200), *, turned: bool = False) -> SimpleUploadedFile:
    """A JPEG, red on its left half and blue on its right, that tells where it was taken."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Zoé"
    exif.get_ifd(GPS)[1] = "N"
    if turned:
        exif[0x0112] = 3  # upside down
    kept = BytesIO()
    drawn.save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile("vacances.jpg", kept.getvalue(), "image/jpeg")


def photo_of(person: User) -> Image.Image:
    shown = User.objects.select_related("photo").get(pk=person.pk)
    assert shown.photo is not None
    with opened(shown.photo) as file:
        found = Image.open(BytesIO(file.read()))
    found.load()
    return found


def red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 200 > 60 > pixel[2]


def test_a_photo_is_cut_square_made_small_and_tells_nothing_more(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    teacher = world.classes[0].teacher
    assert as_person(teacher).post(PHOTO, {"photo": picture()}).url == PAGE
    kept = photo_of(teacher)
    assert (kept.size, kept.format) == ((SIDE, SIDE), "WEBP")
    assert not kept.getexif()
    assert red(kept.getpixel((20, 160)))
    assert not red(kept.getpixel((300, 160)))


def test_the_square_is_picked_by_hand_in_the_picture_as_it_is_shown(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    teacher = world.classes[0].teacher
    client = as_person(teacher)
    client.post(PHOTO, {"photo": picture(), "x": "0.5", "y": "0", "side": "1"})
    assert not red(photo_of(teacher).getpixel((20, 160)))
    client.post(PHOTO, {"photo": picture(turned=True), "x": "0.5", "y": "0", "side": "1"})
    assert red(photo_of(teacher).getpixel((20, 160)))


@pytest.mark.parametrize("crop", [Crop(0.9, 0.9, 1), Crop(-3, 2, 9), Crop(0.5, 0.5, 0)])
def test_whatever_is_asked_the_square_lies_within_the_picture(crop: Crop) -> None:
    left, top, right, bottom = box_of((400, 200), crop)
    assert 0 <= left < right <= 400
    assert 0 <= top < bottom <= 200
    assert right - left == bottom - top


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", b"%PDF-1.4", b"\xff\xd8\xff tronqu\xe9"])
def test_what_is_no_picture_is_refused_and_the_former_photo_stays(
    content: bytes, world: SchoolWorld, as_person: AsPerson
) -> None:
    teacher = world.classes[0].teacher
    own_card.put_photo(by=teacher, file=picture())
    page = as_person(teacher).post(PHOTO, {"photo": SimpleUploadedFile("photo.jpg", content)})
    assert "ne peut pas être lue" in page.text
    assert photo_of(teacher).size == (SIDE, SIDE)


def test_contents_are_held_while_shown_and_let_go_when_replaced_taken_away_or_erased(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    teacher, director = world.classes[0].teacher, world.director
    own_card.put_photo(by=teacher, file=picture())
    own_card.put_photo(by=director, file=picture())
    first = Blob.objects.get()
    assert first.references == 2
    own_card.put_photo(by=teacher, file=picture((300, 300)))
    own_card.put_photo(by=teacher, file=picture((300, 300)))
    first.refresh_from_db()
    second = Blob.objects.exclude(pk=first.pk).get()
    assert (first.references, second.references) == (1, 1)
    as_person(teacher).post(PHOTO, {"forget": "1"})
    with transaction.atomic():
        own_fates.erase([director.pk])
    assert set(Blob.objects.values_list("references", flat=True)) == {0}


def test_a_photo_is_for_whoever_may_see_the_person(world: SchoolWorld, as_person: AsPerson) -> None:
    room, stranger = world.classes[0], school_world().director
    own_card.put_photo(by=room.teacher, file=picture())
    shown = User.objects.get(pk=room.teacher.pk)
    there = reverse("annuaire:photo", args=[shown.uuid])
    assert f"{there}?v={shown.photo_id}" in as_person(room.pupils[0]).get(reverse("annuaire:index")).text
    for address in (there, f"/api/v1/annuaire/{shown.uuid}/photo/"):
        answer = as_person(room.pupils[0]).get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert "private" in answer["Cache-Control"]
        assert as_person(stranger).get(address).status_code == 404
    without = reverse("annuaire:photo", args=[world.director.uuid])
    assert as_person(world.director).get(without).status_code == 404


def test_a_pupil_puts_no_photo_and_chooses_a_drawing(world: SchoolWorld, as_person: AsPerson) -> None:
    pupil = world.classes[0].pupils[0]
    client = as_person(pupil)
    assert 'type="file"' not in client.get(PAGE).text
    client.post(PHOTO, {"photo": picture()})
    answer = client.post("/api/v1/me/photo/", data=multipart({"photo": picture()}), content_type=MULTIPART)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:cartable:no-photo-of-pupils")
    client.post(DRAWING, {"drawing": "fox"})
    client.post(DRAWING, {"drawing": "licorne"})
    fresh = User.objects.get(pk=pupil.pk)
    assert (fresh.photo_id, fresh.drawing) == (None, "fox")
    assert "#d-fox" in as_person(world.classes[0].teacher).get(reverse("annuaire:index")).text
    as_person(world.classes[0].teacher).post(DRAWING, {"drawing": "fox"})
    assert not User.objects.get(pk=world.classes[0].teacher.pk).drawing


def test_a_motto_is_a_line_of_plain_text_that_an_administrator_may_take_away(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    room = world.classes[0]
    client = as_person(room.teacher)
    client.post(MOTTO, {"motto": "  Lire <b>encore</b>\n toujours "})
    client.post(MOTTO, {"motto": "x" * 101})
    assert User.objects.get(pk=room.teacher.pk).motto == "Lire <b>encore</b> toujours"
    card, take = (
        reverse(f"annuaire:{name}", args=[room.teacher.uuid]) for name in ("person", "card_take_away")
    )
    assert "Lire &lt;b&gt;encore&lt;/b&gt; toujours" in as_person(room.pupils[0]).get(card).text
    assert as_person(room.pupils[0]).post(take, {"what": "motto"}).status_code == 404
    assert as_person(school_world().director).post(take, {"what": "motto"}).status_code == 404
    assert "Retirer la devise" in as_person(world.director).get(card).text
    as_person(world.director).post(take, {"what": "motto"})
    assert User.objects.get(pk=room.teacher.pk).motto == ""
    said = AuditEntry.objects.get(verb="account.motto_taken_away")
    assert said.before == {"motto": "Lire <b>encore</b> toujours"}


def test_an_administrator_takes_a_photo_away_in_the_api(world: SchoolWorld, as_person: AsPerson) -> None:
    teacher = world.classes[0].teacher
    own_card.put_photo(by=teacher, file=picture())
    there = f"/api/v1/annuaire/{teacher.uuid}/photo/"
    assert as_person(world.classes[0].relatives[0]).delete(there).status_code == 404
    assert as_person(world.director).delete(there).status_code == 204
    assert User.objects.get(pk=teacher.pk).photo_id is None


def test_a_sign_in_by_picture_changes_neither_photo_nor_motto(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    teacher = world.classes[0].teacher
    client = as_person(teacher)
    session = client.session
    session[ASSURANCE] = "low"
    session.save()
    client.post(PHOTO, {"photo": picture()})
    client.post(MOTTO, {"motto": "Non"})
    assert (
        client.post("/api/v1/me/motto/", {"motto": "Non"}, content_type="application/json").status_code == 403
    )
    fresh = User.objects.get(pk=teacher.pk)
    assert (fresh.photo_id, fresh.motto) == (None, "")


def test_the_api_says_and_takes_back_as_the_page_does(world: SchoolWorld, as_person: AsPerson) -> None:
    teacher, pupil = world.classes[0].teacher, world.classes[0].pupils[0]
    client = as_person(teacher)
    told = client.post("/api/v1/me/motto/", {"motto": "Encore"}, content_type="application/json").json()
    assert (told["motto"], told["has_photo"]) == ("Encore", False)
    given = client.post(
        "/api/v1/me/photo/",
        data=multipart({"photo": picture(), "x": "0", "y": "0", "side": "1"}),
        content_type=MULTIPART,
    )
    assert given.status_code == 204
    assert client.get(f"/api/v1/annuaire/{teacher.uuid}/").json()["has_photo"] is True
    assert client.delete("/api/v1/me/photo/").status_code == 204
    drawn = as_person(pupil).post("/api/v1/me/drawing/", {"drawing": "cat"}, content_type="application/json")
    assert drawn.json()["drawing"] == "cat"


@pytest.mark.parametrize("kind", ["teacher", "relative", "pupil"])
def test_what_others_see_is_what_their_card_tells(kind: str, world: SchoolWorld, as_person: AsPerson) -> None:
    """The table's words, against cards really drawn."""
    room = world.classes[0]
    told = {"mobile_phone": "06 11 11 11 11", "own_email": "moi@exemple.fr", "work_phone": "01 23"}
    User.objects.filter(pk__in=[room.teacher.pk, room.relatives[0].pk]).update(email="a@exemple.fr", **told)
    person = {"teacher": room.teacher, "relative": room.relatives[0], "pupil": room.pupils[0]}[kind]
    person.refresh_from_db()
    viewers = {
        "Équipe de l’école": room.teacher,
        "Les maitres": room.teacher,
        "Administration": world.director,
    }
    if person == room.teacher:
        viewers["Équipe de l’école"] = world.director
        viewers |= {"Parents": room.relatives[0], "Élèves": room.pupils[0]}
    for line in seen_by_others(person):
        for reader, reads in line.read_by:
            if reader in viewers and line.part in CONTACT | {Part.BIRTH_DATE}:
                card = card_of(person, Viewer(viewers[reader]))
                shown = card.birth_date if line.part == Part.BIRTH_DATE else value_in(card.contact, line.part)
                assert bool(shown) == (reads and bool(line.value)), (line.label, reader)
    page = as_person(person).get(PAGE).text
    assert "Ce que les autres voient" in page
    assert as_person(person).get("/api/v1/me/seen-by/").json()[0]["read_by"]["team"] is True


def value_in(contact: object, part: Part) -> object:
    name = {Part.WORK_MAIL: "email", Part.OWN_MAIL: "email", Part.ADDRESS: "address"}.get(part, "phones")
    return getattr(contact, name)


def test_photos_on_a_list_ask_nothing_more(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    client = as_person(world.director)
    there = reverse("annuaire:class", args=[room.school_class.uuid])

    def asked() -> int:
        client.get(there)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(there).status_code == 200
        return len(queries)

    few = asked()
    pupils = crowd(room.school_class, 200)
    own_card.put_photo(by=room.teacher, file=picture())
    photo = User.objects.get(pk=room.teacher.pk).photo_id
    parents = [relative_of(pupil) for pupil in pupils[:3]]
    User.objects.filter(pk__in=[parent.pk for parent in parents]).update(photo=photo)
    User.objects.filter(pk__in=[pupil.pk for pupil in pupils]).update(drawing="fox")
    assert asked() == few <= 20
