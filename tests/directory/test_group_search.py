"""A group is found by the words of its name, as people type them."""

import pytest

from directory.group_search import find_groups
from directory.models import Group
from directory.services.opening import open_groups
from tests.directory.factories import GroupFactory, SchoolClassFactory
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups() -> object:
    meadow = SchoolFactory(name="École des Prés fleuris")
    SchoolClassFactory(school=meadow, label="CE1-CE2 Maîtresse Zoé")
    GroupFactory(school=meadow, name="Cœur d’enfants")
    SchoolClassFactory(school=SchoolFactory(name="École Jean-Jaurès"), label="CP A")
    open_groups()
    return Group.objects.all()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("coeur", {"Cœur d’enfants"}),
        ("CŒUR ENF", {"Cœur d’enfants"}),
        ("ce2", {f"{who} de la classe" for who in ("Élèves", "Enseignants", "Parents")}),
        ("maitresse zoe eleves", {"Élèves de la classe"}),
        ("parents cp", {"Parents du CP A"}),
        ("familles cp", {"Parents du CP A"}),
        ("direction jaures", {"Direction de l’école Jean-Jaurès"}),
        ("ecole direction", {"Direction de l’école Jean-Jaurès", "Direction de l’école des Prés fleuris"}),
        ("enseignants cp jean", {"Enseignants du CP A"}),
        ("aurès", set()),
        ("classe cp eleve", {"Élèves du CP A"}),
        ("", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_words_fit_where_a_words_beginning_does(groups: object, typed: str, expected: set[str]) -> None:
    labels = {
        group.label.replace("du CE1-CE2 Maîtresse Zoé", "de la classe")
        for group in find_groups(groups, typed)
    }
    assert labels == expected


def test_classes_come_first_then_the_school_then_manual_groups(groups: object) -> None:
    kinds = [group.kind for group in find_groups(groups, "ecole")]
    assert kinds == sorted(kinds)
    assert kinds[0] == "CLASS"
