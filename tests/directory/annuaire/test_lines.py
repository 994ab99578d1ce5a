"""What stands under a name, and the order of classes."""

import pytest

from directory.annuaire.levels import class_order
from directory.annuaire.lines import lines, of_name
from directory.annuaire.viewer import Viewer
from directory.models import SchoolClass
from tests.directory.factories import TieRestrictionFactory
from tests.directory.worlds import relative_of, school_world


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Noé", "de Noé"),
        ("Inès", "d’Inès"),
        ("Œdipe", "d’Œdipe"),
        ("Hugo", "d’Hugo"),
        ("Yanis", "de Yanis"),
        ("Yves", "d’Yves"),
        ("Élise et Malo", "d’Élise et Malo"),
    ],
)
def test_de_is_elided_as_people_say_it(name: str, words: str) -> None:
    assert of_name(name) == words


def test_classes_stand_in_the_order_of_school() -> None:
    labels = ["CM2", "CE1-CE2 B", "CP", "Moyenne section A", "PS-MS", "CE2", "ULIS", "Les dauphins"]
    classes = sorted((SchoolClass(pk=n, label=label) for n, label in enumerate(labels)), key=class_order)
    assert [c.label for c in classes] == [
        "PS-MS",
        "Moyenne section A",
        "CP",
        "CE1-CE2 B",
        "CE2",
        "CM2",
        "ULIS",
        "Les dauphins",
    ]


def test_a_tie_that_the_direction_ended_names_nobody_a_parent(db: None) -> None:
    world = school_world()
    first, second = world.classes[0].pupils
    parent = relative_of(first, second)
    TieRestrictionFactory(relative=parent, pupil=first, over=True)
    [line] = lines([parent], Viewer(world.director))
    assert second.full_name in line.sub
    assert first.full_name not in line.sub


def test_on_a_classs_own_page_its_label_goes_without_saying(db: None) -> None:
    world = school_world()
    room = world.classes[0]
    people = [room.teacher, *room.pupils]
    told = lines(people, Viewer(room.teacher), with_school=False, of_class=room.school_class)
    assert {line.sub for line in told} == {""}
