"""Between late August and the switch: the team is in its new school without a class, pupils and relatives are still in
last year's. Made of real files, and looked at page by page, by each kind of person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock, invariants
from directory.class_grid import class_grid
from directory.models import Attachment, Group, SchoolClass
from directory.querysets import season as read
from directory.querysets.groups import groups_of_past_years
from directory.services.opening import open_groups
from messaging.enums import Box
from messaging.models import Copy
from notebooks.models import HomeworkBook
from schools.boards import LineState, boards
from sharing.lifetime import year_for
from sharing.querysets import visible_to
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import relative_of
from tests.feeds.sets import a_set, feed, klass, noon, person, pupil, pupils_of, school_of, staff
from tests.messaging.factories import sent
from tests.notebooks.factories import homework, homework_book
from tests.rollover.scene import teach
from tests.rollover.shares import class_group, school_group, year_given
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered

pytestmark = pytest.mark.django_db
AUGUST = "2026-08-27"


@dataclass
class TwoYears:
    """School A in 2026-2027 whose classes are of 2025-2026. SA1 taught the CP and moved to B; SA2 stays and teaches the
    CE1; SB1 moved in; the head administers; PA1 is in the CP, PX1 in the CE1, each with a relative."""

    left: User
    stays: User
    came: User
    head: User
    pupil: User
    relative: User
    book: HomeworkBook
    shared: Any

    @property
    def everybody(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def _active(key: str) -> User:
    found = person(key)
    User.objects.filter(pk=found.pk).update(activated_at=noon("2026-01-10"))
    return person(key)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NOTE, BOX):
        yield


@pytest.fixture
def world(tmp_path: Path, at: Any) -> TwoYears:
    team = [staff(key, key[1]) for key in ("SA1", "SA2", "SB1", "SB2")]
    pupils = [
        *pupils_of(3, "A", prefix="PA", year=2025),
        *[pupil(f"PX{n}", classes=[klass(label="CE1", year=2025)], born=f"2017-02-0{n}") for n in (1, 2)],
        *pupils_of(3, "B", prefix="PB", year=2025),
    ]
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils, staff=team))
    teach("SA1")
    teach("SA2", "CE1")
    left, pupil_of_cp = _active("SA1"), _active("PA1")
    head = PersonFactory(teacher=True, activated=True, first_name="Odile", last_name="Tête")
    AttachmentFactory(person=head, school=school_of("A"), head=True, by_hand=True)
    AdministratorFactory(person=head, school=school_of("A"))
    relative = relative_of(pupil_of_cp)
    with clock.at(noon("2026-06-12")):
        open_groups()
        cp = SchoolClass.objects.get(school=school_of("A"), label="CP")
        book = homework_book(left, cp)
        homework(left, book)
        shared = ResourceFactory(owner=left, title="Chansons de la classe")
        GrantFactory(to_group=True, resource=shared, group=class_group(), given_by=left.uuid)
    moved = [staff("SA1", "B"), staff("SA2", "A"), staff("SB1", "A"), staff("SB2", "B")]
    feed(a_set(tmp_path, "2026-08-25", staff=moved))
    at(noon(AUGUST))
    return TwoYears(_active("SA1"), _active("SA2"), _active("SB1"), head, pupil_of_cp, relative, book, shared)


SignIn = Callable[[Any], Client]
PAGES = (
    "/", "/annuaire/", "/annuaire/ecole/", "/annuaire/recherche/?q=mar", "/annuaire/favoris/", "/messagerie/",
    "/messagerie/ecrire/", "/messagerie/destinataires/?q=", "/partages/", "/documents/", "/blog/", "/cahiers/",
    "/nouveautes/", "/actualites/", "/assistance/", "/mon-compte/", "/mes-contenus/ce-qu-ils-deviennent/",
)  # fmt: skip
CONSOLE = (
    "/administration/", "/administration/utilisateurs/", "/administration/classes/", "/administration/groupes/",
    "/administration/rentree/", "/administration/etablissement/", "/administration/etablissement/alimentations/",
    "/administration/courriers/", "/administration/changement-d-annee/", "/administration/journal/",
)  # fmt: skip


def test_the_state_is_that_of_late_august(world: TwoYears) -> None:
    school = school_of("A")
    assert (school.running_year, school.class_year) == (2026, 2025)
    schools = Attachment.objects.filter(ended_on__isnull=True)
    assert {row.person_id for row in schools.filter(school=school, profile="TEACHER")} == {
        world.stays.pk, world.came.pk, world.head.pk,
    }  # fmt: skip
    assert not world.left.classattachment_set.filter(ended_on__isnull=True).exists()
    assert world.pupil.classattachment_set.get(ended_on__isnull=True).school_class.year == 2025
    assert invariants.run_all() == []


@pytest.mark.parametrize("who", ["left", "stays", "came", "head", "pupil", "relative"])
def test_every_page_opens(world: TwoYears, as_person: SignIn, who: str) -> None:
    client = as_person(world.everybody[who])
    answers = {page: client.get(page).status_code for page in PAGES}
    # A pupil has neither help to ask for nor favourites.
    assert {page for page, status in answers.items() if status not in (200, 302, 404)} == set()
    assert {page for page, status in answers.items() if status == 404} <= {
        "/annuaire/favoris/", "/annuaire/ecole/", "/mon-compte/",
    }  # fmt: skip


BEGINS = (
    "/blog/nouveau/", "/cahiers/textes/nouveau/", "/cahiers/liaison/nouveau/",
    "/cahiers/memo/", "/actualites/ecrire/", "/assistance/demander/", "/changement-d-annee/", "/partages/les-miens/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["left", "stays", "came", "head"])
def test_the_team_begins_things_with_or_without_a_class(world: TwoYears, as_person: SignIn, who: str) -> None:
    client = as_person(world.everybody[who])
    answers = {page: client.get(page).status_code for page in BEGINS}
    # Only who administers writes notices.
    told = {page for page, status in answers.items() if status == 404}
    assert told == (set() if who == "head" else {"/actualites/ecrire/"})
    assert set(answers.values()) <= {200, 302, 404}
    book = client.get("/cahiers/textes/nouveau/").text.split("<main", 1)[1].split("<footer", 1)[0]
    assert ("CE1" in book) == (who in ("stays", "head"))


def test_each_reads_the_year_that_they_are_in(world: TwoYears, as_person: SignIn) -> None:
    for who in (world.stays, world.came, world.head, world.left):
        assert "année scolaire 2026-2027" in as_person(who).get("/").text
    # Their child's class is last year's: so is their year.
    assert "année scolaire 2025-2026" in as_person(world.relative).get("/").text


def test_a_pupil_and_a_relative_still_see_last_years_class_and_what_is_in_it(
    world: TwoYears, as_person: SignIn
) -> None:
    for who in (world.pupil, world.relative):
        client = as_person(who)
        assert "CP" in client.get("/annuaire/").text
        # It is shared with the class's pupils.
        assert (world.shared in visible_to(who)) == (who == world.pupil)
        assert client.get(f"/cahiers/textes/{world.book.resource.uuid}/").status_code in (200, 404)
        assert world.book.resource in visible_to(who)
        told = client.get("/api/v1/messages/recipients/").json()
        names = {each["name"] for each in told}
        # Their teacher is in another school: nobody teaches them, the direction answers.
        assert world.left.full_name not in names
        assert world.came.full_name not in names
    assert world.head.full_name in {
        each["name"] for each in as_person(world.relative).get("/api/v1/messages/recipients/").json()
    }


def test_who_left_sees_the_new_school_and_nobody_of_the_former_but_keeps_their_things(
    world: TwoYears, as_person: SignIn
) -> None:
    client = as_person(world.left)
    text = client.get("/annuaire/").text
    assert school_of("B").name in text
    assert world.shared in visible_to(world.left)
    assert world.book.resource in visible_to(world.left)
    found = {each["name"] for each in client.get("/api/v1/messages/recipients/?q=MARTIN").json()}
    assert world.pupil.full_name not in found
    # What they share with their former class still ends there, as the season's page foresees.
    assert "Chansons de la classe" in client.get("/changement-d-annee/").text


def test_who_moved_in_has_no_class_and_sees_nothing_of_last_years(world: TwoYears, as_person: SignIn) -> None:
    client = as_person(world.came)
    assert world.shared not in visible_to(world.came)
    assert world.book.resource not in visible_to(world.came)
    cahiers = client.get("/cahiers/")
    assert cahiers.status_code == 200
    assert (
        "CP" not in client.get("/cahiers/textes/nouveau/").text.split("<main", 1)[-1].split("<footer", 1)[0]
    )
    # A colleague of the school is within reach by name.
    found = {
        each["name"] for each in client.get(f"/api/v1/messages/recipients/?q={world.stays.last_name}").json()
    }
    assert world.stays.full_name in found


def test_what_the_team_shares_among_itself_bears_the_new_year_and_with_a_class_the_old(
    world: TwoYears,
) -> None:
    assert year_given(school_group()) == 2026
    assert year_given(class_group()) == 2025
    assert year_for(school_group(profile="RELATIVE")) == 2026


def test_the_share_panel_of_who_stays_offers_last_years_class_until_the_turn(
    world: TwoYears, as_person: SignIn
) -> None:
    thing = ResourceFactory(owner=world.stays, title="Dictées")
    client = as_person(world.stays)
    told = client.get(f"/partages/{thing.uuid}/destinataires/", {"q": "CE1"}).text
    assert "CE1" in told
    told = client.get(f"/partages/{thing.uuid}/destinataires/", {"q": world.came.last_name}).text
    assert world.came.last_name in told.upper() or world.came.last_name in told


def test_a_message_to_last_years_class_reaches_its_pupils(world: TwoYears) -> None:
    made = sent(world.stays, class_group("CE1"))
    assert {copy.person_id for copy in Copy.objects.filter(message=made, box=Box.RECEIVED)} == {
        person("PX1").pk,
        person("PX2").pk,
    }


def test_a_notice_is_for_the_classes_that_are(world: TwoYears, as_person: SignIn) -> None:
    text = as_person(world.head).get("/actualites/ecrire/").text
    assert "CP" in text
    assert "CE1" in text


def test_the_console_shows_both_years_and_cries_for_nothing_that_is_to_come(
    world: TwoYears, as_person: SignIn
) -> None:
    client = as_person(world.head)
    for page in CONSOLE:
        assert client.get(page, follow=True).status_code == 200, page
    text = client.get("/administration/").text.replace("\xa0", " ")
    assert "Année en cours 2026-2027 · les classes sont encore celles de 2025-2026" in text
    (board,) = boards([school_of("A")], clock.today())
    states = {line.item.key: line.state for line in board.lines}
    for key in (read.IDLE_TEACHERS, read.AWAITED_CLASSES, read.FIRST_LEVELS, read.AWAITING_CLASS):
        assert states[key] == LineState.LATER
    grid = class_grid(school_of("A"))
    assert grid.turning
    assert {each.label for each in grid.classes} == {"CP", "CE1"}
    page = client.get("/administration/classes/").text
    assert "encore celles de l’an dernier" in page
    assert "pas encore arrivées" not in page
    assert {line.person for line in grid.teachers} == {world.stays, world.came, world.head}


def test_groups_of_last_years_classes_are_not_past_yet(world: TwoYears) -> None:
    assert class_group() not in Group.objects.filter(groups_of_past_years())


def test_the_turn_foreseen_is_the_one_that_the_console_tells(world: TwoYears, as_person: SignIn) -> None:
    page = as_person(world.head).get("/administration/changement-d-annee/", follow=True)
    assert page.context["due"]
    assert page.context["preview"].year == 2026
    assert [(each.label, each.pupils, each.teachers) for each in page.context["preview"].classes] == [
        ("CE1", 2, 1),
        ("CP", 3, 0),
    ]
