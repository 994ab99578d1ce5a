"""A class with its families, faces, a group, cards and devices in a browser: right for everyone, on a phone too;
a photo is cut by hand."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from accounts.models import User
from accounts.services import own_card
from core.storage.services import opened
from tests.accounts.factories import PersonFactory
from tests.directory.factories import GuardianshipFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    made = school_world()
    room = made.classes[0]
    for rank, home in ((1, "1 rue des Lilas"), (2, "9 quai Sud")):
        parent = PersonFactory(
            relative=True,
            mobile_phone="06 11 11 11 11",
            address=home,
            own_email="un.parent.au.nom.tres.long@messagerie.exemple.fr",
        )
        GuardianshipFactory(relative=parent, pupil=room.pupils[0], rank=rank, legal=True)
    own_card.put_photo(by=room.teacher, file=two_halves())
    own_card.say_motto(by=room.teacher, motto="Lire, c’est voyager")
    own_card.choose_drawing(by=room.pupils[0], drawing="fox")
    return made


def two_halves() -> BytesIO:
    """Red on the left, blue on the right."""
    drawn = Image.new("RGB", (400, 200), "red")
    drawn.paste("blue", (200, 0, 400, 200))
    kept = BytesIO()
    drawn.save(kept, "PNG")
    kept.seek(0)
    return kept


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(
    width: str, scheme: str, world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    room = world.classes[0]
    here = reverse("annuaire:class", args=[room.school_class.uuid])
    parents = room.school_class.group_set.get(profile="RELATIVE")
    for person, path in (
        (room.teacher, here),
        (room.teacher, f"{here}?vue=trombinoscope"),
        (room.teacher, reverse("annuaire:search") + "?q=parents"),
        (room.teacher, reverse("annuaire:group", args=[parents.uuid])),
        (room.teacher, "/mon-compte/"),
        (room.teacher, "/mon-compte/fiche/"),
        (room.pupils[0], "/mon-compte/fiche/"),
        (world.director, reverse("annuaire:person", args=[room.teacher.uuid])),
    ):
        page = open_as(person, path, width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path


def test_the_square_of_a_photo_is_picked_with_the_keyboard(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    teacher = world.classes[0].teacher
    page = open_as(teacher, "/mon-compte/fiche/")
    page.set_input_files(
        "input[type=file]", {"name": "photo.png", "mimeType": "image/png", "buffer": two_halves().getvalue()}
    )
    page.get_by_label("De gauche à droite").press("End")
    page.get_by_role("button", name="Remplacer la photo").click()
    page.get_by_text("Votre photo est enregistrée").wait_for()
    photo = User.objects.select_related("photo").get(pk=teacher.pk).photo
    assert photo is not None
    with opened(photo) as file:
        red, _, blue = Image.open(BytesIO(file.read())).convert("RGB").getpixel((20, 160))
    assert blue > 200 > 60 > red
    assert page.complaints == []
