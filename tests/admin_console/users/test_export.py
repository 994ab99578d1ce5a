"""The list as a file: what is filtered and nothing else, harmless in a spreadsheet, recorded."""

import csv
from io import BytesIO, StringIO

import pytest

from core.models import AuditEntry
from tests.core.workbooks import cells_of
from tests.directory.worlds import SchoolWorld, pupil_in, school_world

pytestmark = pytest.mark.django_db
EXPORT = "/administration/utilisateurs/comptes"
API = "/api/v1/administration/people/export"


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=1, pupils=2)


def rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


@pytest.mark.parametrize("address", [f"{EXPORT}.csv", f"{API}/csv/"])
def test_a_csv_holds_the_accounts_of_the_scope_alone(as_person, world, address) -> None:
    school_world(academy=world.school.academy)
    in_class = world.classes[0]
    own = {world.director, in_class.teacher, *in_class.pupils, *in_class.relatives}
    answer = as_person(world.director).get(address)
    assert {row["Identifiant"] for row in rows(answer)} == {person.username for person in own}


def test_it_holds_what_is_filtered(as_person, world) -> None:
    found = rows(as_person(world.director).get(f"{EXPORT}.csv", {"profil": "PUPIL"}))
    assert {row["Profil"] for row in found} == {"élève"}
    assert found[0]["Classes"] == world.classes[0].school_class.label


@pytest.mark.parametrize("name", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_runs_in_a_spreadsheet(as_person, world, name: str) -> None:
    pupil_in(world.classes[0].school_class, last_name=name, first_name="Zoé", username="zoe.formule")
    (row,) = rows(as_person(world.director).get(f"{EXPORT}.csv", {"q": "zoe.formule"}))
    assert row["Nom"].startswith("'")


def test_a_workbook_holds_the_same_rows_as_texts(as_person, world) -> None:
    pupil_in(world.classes[0].school_class, last_name="=1+1", first_name="Zoé")
    client = as_person(world.director)
    answer = client.get(f"{EXPORT}.xlsx")
    sheet = cells_of(BytesIO(answer.getvalue()))
    names = {row[0] for row in sheet[1:]}
    assert "'=1+1" in names
    assert len(sheet) - 1 == len(rows(client.get(f"{EXPORT}.csv")))


@pytest.mark.parametrize("by_api", [False, True])
def test_those_chosen_are_exported_alone_and_nobody_of_elsewhere(as_person, world, by_api: bool) -> None:
    chosen, stranger = world.classes[0].pupils[0], school_world().classes[0].pupils[0]
    named = [str(person.uuid) for person in (chosen, stranger)]
    client = as_person(world.director)
    if by_api:
        answer = client.post(f"{API}/csv/", {"people": named}, content_type="application/json")
    else:
        answer = client.post(f"{EXPORT}.csv", {"choisi": named})
    assert [row["Identifiant"] for row in rows(answer)] == [chosen.username]
    told = AuditEntry.objects.get(verb="accounts.exported").after
    assert (told["number"], told["chosen"]) == (1, True)


def test_nobody_chosen_leads_back_to_the_list(as_person, world) -> None:
    answer = as_person(world.director).post(f"{EXPORT}.csv", {"profil": "PUPIL"})
    assert answer.url == "/administration/utilisateurs/?profil=PUPIL"


def test_an_export_is_recorded_with_its_number_and_its_filters(as_person, world) -> None:
    answer = as_person(world.director).get(f"{EXPORT}.csv", {"profil": "PUPIL"})
    assert len(rows(answer)) == 2
    entry = AuditEntry.objects.get(verb="accounts.exported")
    assert entry.actor == world.director.uuid
    assert entry.after == {"format": "csv", "number": 2, "filters": {"profile": "PUPIL"}}


def test_batches_follow_one_another_whole(as_person, world, monkeypatch) -> None:
    monkeypatch.setattr("directory.services.export_accounts.BATCH", 2)
    found = rows(as_person(world.director).get(f"{EXPORT}.csv"))
    assert len(found) == len({row["Identifiant"] for row in found}) == 6


def test_a_workbook_too_long_is_refused_with_what_to_do(as_person, world, monkeypatch) -> None:
    monkeypatch.setattr("directory.services.export_accounts.MOST_XLSX", 3)
    client = as_person(world.director)
    answer = client.get(f"{API}/xlsx/")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:cartable:too-many-accounts"
    page = client.get(f"{EXPORT}.xlsx")
    assert "trop de comptes" in page.text
    assert len(rows(client.get(f"{EXPORT}.csv"))) == 6


def test_whoever_administers_nothing_exports_nothing(as_person, world) -> None:
    client = as_person(world.classes[0].teacher)
    assert client.get(f"{EXPORT}.csv").status_code == 404
    assert client.get(f"{API}/csv/").status_code == 404
