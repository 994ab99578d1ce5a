"""Rows for spreadsheets: nothing runs, nothing is lost."""

import pytest

from core.spreadsheets import csv_lines, safe, workbook
from tests.core.workbooks import cells_of


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1"]
)
def test_what_a_spreadsheet_would_run_is_led_by_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Zoé", "a=b", "12", "", "D’Artigny"])
def test_other_texts_are_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_a_csv_opens_in_french_spreadsheets() -> None:
    assert "".join(csv_lines([["Nom", "Ville"], ["D;A", None]])) == '\ufeffNom;Ville\r\n"D;A";\r\n'


def test_a_workbook_holds_texts_alone() -> None:
    with workbook(
        "Comptes [2026]", [["Nom", "N°"], ["=1+1", "007"], ["https://exemple.fr", "x" * 40_000]]
    ) as file:
        head, first, second = cells_of(file)
    assert head == ["Nom", "N°"]
    assert first == ["'=1+1", "007"]
    assert second[0] == "https://exemple.fr"
    assert len(second[1]) == 32_767
