"""The UAI that a CSV is imported under: its shape is required, its letter is only looked at."""

import pytest

from core.errors import BadUsage
from feeds.services.import_csv import import_onde_csv
from schools.models import School
from schools.rules import uai_letter
from tests.feeds.csvs import Child, a_csv

pytestmark = pytest.mark.django_db


def test_a_wrong_letter_is_said_and_the_school_comes_in(tmp_path) -> None:
    wrong = "B" if uai_letter("0610001") != "B" else "C"
    run = import_onde_csv(
        path=a_csv(tmp_path, pupils=[Child("Léa")]), uai=f"0610001{wrong}", create_school="École du Parc"
    )
    assert run.state == "applied"
    assert School.objects.get().uai == f"0610001{wrong}"
    assert any(f"attendu : {uai_letter('0610001')}" in note for note in run.notes)


def test_what_has_not_the_shape_of_a_uai_is_bad_usage_and_leaves_nothing(tmp_path) -> None:
    with pytest.raises(BadUsage, match="n’est pas un UAI"):
        import_onde_csv(
            path=a_csv(tmp_path, pupils=[Child("Léa")]), uai="61000", create_school="École du Parc"
        )
    assert not School.objects.exists()
