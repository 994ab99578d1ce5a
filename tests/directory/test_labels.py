"""Names of groups of scolarity."""

import pytest

from accounts.enums import Profile
from directory import labels


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("CP A", "du CP A"),
        ("CE1-CE2", "du CE1-CE2"),
        ("CM2 M. Diallo", "du CM2 M. Diallo"),
        ("MS-GS", "de la MS-GS"),
        ("Petite section B", "de la Petite section B"),
        ("ULIS", "de l’ULIS"),
        ("Les lutins", "de la classe «\u00a0Les lutins\u00a0»"),
    ],
)
def test_a_class_takes_its_article(label: str, said: str) -> None:
    assert labels.class_group(Profile.PUPIL, label) == f"Élèves {said}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("École des Tilleuls", "de l’école des Tilleuls"),
        ("Ecole Jules Ferry", "de l’école Jules Ferry"),
        ("ECOLE ELEMENTAIRE PASTEUR", "de l’ECOLE ELEMENTAIRE PASTEUR"),
        ("Collège des Ormes", "du collège des Ormes"),
        ("Jean Moulin", "de l’école Jean Moulin"),
    ],
)
def test_a_school_takes_its_article(name: str, said: str) -> None:
    assert labels.direction(name) == f"Direction {said}"
    assert labels.school_group(Profile.RELATIVE, name) == f"Parents {said}"
