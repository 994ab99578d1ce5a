import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core import text

NAMES = [
    ("Éloïse", "eloise"),
    ("D’Œuvre-Lecœur", "d oeuvre lecoeur"),
    ("  N'Guyễn\u00a0Thị ", "n guyen thi"),
    ("GROẞ", "gross"),
    ("Łukasz Ðorđe", "lukasz dorde"),
    ("Þór Æsir", "thor aesir"),
    ("", ""),
    ("—", ""),
]


@pytest.mark.parametrize(("name", "folded"), NAMES)
def test_a_name_folds_to_bare_letters(name: str, folded: str) -> None:
    assert text.fold(name) == folded


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, _ in NAMES])
def test_the_database_folds_names_as_python_does(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select core_fold(%s)", [name])
        assert cursor.fetchone() == (text.fold(name),)


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert text.fold(text.fold(name)) == text.fold(name)


def test_a_squashed_name_forgets_its_joints() -> None:
    assert text.squash("Jean-Paul") == text.squash("jean paul") == "jeanpaul"
