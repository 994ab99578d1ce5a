"""A run's page: what it did or would do, in figures, names and lines; to its administrators alone."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admin_console.feeds.anomaly_words import TITLES
from core.models import Job
from feeds.check import FLAWS
from feeds.enums import RunState
from feeds.read.codes import Code
from tests.admin_console.worlds import (
    DAY,
    FILE,
    academy_admin,
    children,
    director_of,
    fed_school,
    held_run,
    refused_run,
    some_run,
    told_run,
)
from tests.directory.worlds import school_world
from tests.feeds.csvs import Child, a_csv, feed_csv
from tests.feeds.sets import name_of
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def page(client, run, name: str = "run", **query) -> str:
    answer = client.get(reverse(f"console:{name}", args=[run.uuid]), query)
    assert answer.status_code == 200
    return answer.text


def test_a_dry_run_says_who_would_come_change_and_be_named(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    told = [
        Child(name_of("E1"), label="CP B"),
        *children(12)[1:11],
        Child("Zoé", label="CP A"),
        Child("Ana", born="", label="CP A"),
    ]
    run = feed_csv(a_csv(tmp_path, pupils=told), on=DAY, make=False, dry_run=True)
    assert run.state == RunState.DRY
    text = page(as_person(fed.director), run)
    assert "essai à blanc" in text
    assert "Ce que cette alimentation changerait" in text
    for title in ("Élèves créés", "Classes créées", "Élèves modifiés", "Élèves absents"):
        assert title in text
    assert "MARTIN Zoé" in text
    # the class that a dry run does not open has no name but its own row's
    assert "une nouvelle classe" in text
    assert "Date de naissance absente" in text
    assert f"<code>{FILE}</code> ligne 14" in text
    assert "À corriger dans ONDE" in text


def test_changes_are_told_in_french_with_labels_for_classes(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    moved = [Child(name_of("E1"), label="CP B", ine="123456789AB"), *children(12)[1:]]
    run = feed_csv(a_csv(tmp_path, pupils=moved), on=DAY, make=False)
    text = page(as_person(fed.director), run)
    assert "<dt>INE</dt>" in text
    assert "<dt>Classe</dt>" in text
    assert "<s>CP A</s>" in text
    assert "CP B" in text


def test_a_refusal_gives_figures_names_the_likely_cause_and_the_two_acts(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    run = refused_run(tmp_path, fed)
    client = as_person(fed.director)
    text = page(client, run)
    assert "10 élèves sur 12" in text
    assert f"MARTIN {name_of('E3')}" in text
    assert "Cause probable\u00a0: l’extraction porte" in text
    assert "Appliquer en acceptant les départs" in text
    assert reverse("console:apply", args=[run.uuid]) in text
    assert reverse("console:undo", args=[run.uuid]) not in text
    applied = page(client, fed.run)
    assert reverse("console:undo", args=[fed.run.uuid]) in applied
    assert reverse("console:apply", args=[fed.run.uuid]) not in applied


def test_a_held_school_is_named_with_its_figures_and_where_its_records_wait(
    tmp_path: Path, as_person
) -> None:
    run = held_run(tmp_path)
    parked = run.children.get(state=RunState.PARKED)
    client = as_person(academy_admin(run.academy))
    text = page(client, run)
    assert "Écoles retenues" in text
    assert "7 personnes sur 20" in text
    assert reverse("console:run", args=[parked.uuid]) in text
    waiting = page(client, parked)
    assert "Fiches en attente" in waiting
    assert "7 personnes sur 20" in waiting
    assert reverse("console:run", args=[run.uuid]) in waiting
    assert reverse("console:apply", args=[parked.uuid]) in waiting


@pytest.mark.parametrize(
    "name", ["run", "anomalies", "report_text", "report_json", "apply", "undo", "run_progress"]
)
def test_another_school_s_director_finds_no_such_run(name: str, as_person) -> None:
    here, there = SchoolFactory(), SchoolFactory()
    run = some_run(here)
    address = reverse(f"console:{name}", args=[run.uuid])
    assert as_person(director_of(here)).get(address).status_code in (200, 302)
    assert as_person(director_of(there)).get(address).status_code == 404
    assert as_person(school_world().classes[0].teacher).get(address).status_code == 404


def test_a_state_that_failed_says_why(as_person) -> None:
    run = some_run(
        SchoolFactory(),
        RunState.FAILED,
        refusal={"title": "Le fichier est un PDF.", "detail": "Renvoyez le CSV."},
    )
    text = page(as_person(director_of(run.school)), run)
    assert "Le fichier est un PDF." in text
    assert "Renvoyez le CSV." in text
    assert reverse("console:send") in text


def test_a_remedy_told_for_a_terminal_is_told_for_a_page(as_person) -> None:
    refusal = {"type": "urn:cartable:year-to-confirm", "title": "Année ?", "detail": "--year 2027"}
    run = some_run(SchoolFactory(), RunState.REFUSED, refusal=refusal)
    text = page(as_person(director_of(run.school)), run)
    assert "--year" not in text
    assert "en choisissant leur année scolaire" in text
    assert reverse("console:apply", args=[run.uuid]) not in text


def test_the_report_is_downloaded_as_text_and_json(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    client = as_person(fed.director)
    text = client.get(reverse("console:report_text", args=[fed.run.uuid]))
    assert f"Alimentation n° {fed.run.pk} : appliquée." in text.text
    assert "attachment" in text["Content-Disposition"]
    told = client.get(reverse("console:report_json", args=[fed.run.uuid]))
    assert json.loads(told.content)["counts"]["pupils"]["created"] == 12


def test_every_row_has_its_page(as_person) -> None:
    run = told_run(SchoolFactory(), 120)
    client = as_person(director_of(run.school))
    assert "Voir les 120 fiches" in page(client, run)
    address = reverse("console:rows", args=[run.uuid, "pupils", "changed"])
    first = client.get(address).text
    assert "Élèves modifiés" in first
    assert first.count("ct-planrow__changes") == 100
    assert client.get(address, {"page": 2}).text.count("ct-planrow__changes") == 20
    for kind, action in (("pupils", "unchanged"), ("pupils", "x"), ("x", "changed")):
        assert client.get(reverse("console:rows", args=[run.uuid, kind, action])).status_code == 404


def test_anomalies_past_two_hundred_have_pages_and_are_filtered(as_person) -> None:
    run = told_run(SchoolFactory(), 150)
    client = as_person(director_of(run.school))
    text = page(client, run)
    assert "2 sortes, 300 lignes" in text
    assert "et 149 autres" in text
    assert page(client, run, "anomalies").count('class="ct-anom"') == 200
    assert page(client, run, "anomalies", page=2).count('class="ct-anom"') == 100
    one = page(client, run, "anomalies", code="row-repeated")
    assert one.count('class="ct-anom"') == 150
    assert "Ligne répétée" in one


@pytest.mark.parametrize("name", ["run", "anomalies"])
def test_a_run_asks_as_much_for_one_row_as_for_two_hundred(name: str, as_person) -> None:
    school = SchoolFactory()
    few, many = told_run(school, 1), told_run(school, 200)
    client = as_person(director_of(school))
    page(client, few, name)

    def asked(run) -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, run, name)
        return len(queries)

    assert asked(many) == asked(few) <= 19


def test_a_list_of_rows_asks_as_much_for_one_as_for_two_hundred(as_person) -> None:
    school = SchoolFactory()
    few, many = told_run(school, 1), told_run(school, 200)
    client = as_person(director_of(school))

    def asked(run) -> int:
        address = reverse("console:rows", args=[run.uuid, "pupils", "changed"])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert asked(many) == asked(few) <= 13


def test_a_run_under_way_follows_its_job_then_loads_its_page_again(as_person) -> None:
    run = some_run(SchoolFactory())
    person = director_of(run.school)
    job = Job.objects.create(
        name="feeds.undo", label="Annulation", actor=person.uuid, arguments={"run": run.pk}, clock_shift="0"
    )
    client = as_person(person)
    address = reverse("console:run_progress", args=[run.uuid])
    assert f'hx-get="{address}"' in page(client, run)
    assert "Annuler cette alimentation" not in page(client, run)
    part = client.get(address, headers={"HX-Request": "true"})
    assert "En attente d’une place" in part.text
    Job.objects.filter(pk=job.pk).update(state="done")
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "hx-get" not in page(client, run).split("<main")[1]


def test_every_kind_of_anomaly_has_a_title() -> None:
    assert set(TITLES) == {*(code.value for code in Code), *FLAWS}
