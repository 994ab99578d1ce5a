"""Feeds in the API: whatever a page can do, in the same scope."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Job, JobState
from feeds import tasks
from feeds.enums import RunState
from feeds.models import FeedRun
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.feeds.csvs import Child, a_csv, feed_csv
from tests.feeds.sets import name_of
from tests.schools.factories import AcademyFactory, SchoolFactory

pytestmark = pytest.mark.django_db
FEEDS = "/api/v1/feeds/"
SCHOOLS = "/api/v1/administration/schools/"


def director_of(school: School):
    person = PersonFactory(teacher=True, activated=True)
    AttachmentFactory(person=person, school=school, head=True)
    AdministratorFactory(person=person, school=school)
    return person


def pupils(number: int) -> list[Child]:
    return [Child(name_of(f"E{n}")) for n in range(1, number + 1)]


@pytest.fixture
def run(tmp_path: Path) -> FeedRun:
    """Twelve pupils arrived; then a file of two was refused."""
    feed_csv(a_csv(tmp_path, pupils=pupils(12)), on="2026-09-14")
    refused = feed_csv(
        a_csv(tmp_path, pupils=[*pupils(2), Child("Ana", born="")]), on="2026-09-15", make=False
    )
    assert refused.state == RunState.REFUSED
    return refused


@pytest.fixture
def client_of_director(run: FeedRun, as_person):
    return as_person(director_of(run.school))


def test_runs_are_listed_by_state_source_and_what_waits(run: FeedRun, client_of_director) -> None:
    def numbers(**query) -> list[int]:
        return [row["number"] for row in client_of_director.get(FEEDS, query).json()["results"]]

    first = FeedRun.objects.earliest("pk").pk
    assert numbers() == [run.pk, first]
    assert numbers(state="applied") == [first]
    assert numbers(to_decide="true") == [run.pk]
    assert numbers(source="AAF1D") == []


def test_a_report_says_what_can_be_decided(run: FeedRun, client_of_director) -> None:
    told = client_of_director.get(f"{FEEDS}{run.uuid}/").json()
    assert (told["waits"], told["files_kept"], told["state"]) == (True, False, "refused")
    lines = client_of_director.get(f"{FEEDS}{run.uuid}/lines/").json()["lines"]
    assert lines[0].endswith("refusée.")


def test_rows_and_anomalies_are_read_a_page_at_a_time(run: FeedRun, client_of_director) -> None:
    rows = client_of_director.get(f"{FEEDS}{run.uuid}/plan/", {"kind": "pupils", "action": "absent"}).json()
    assert len(rows["results"]) == 10
    assert rows["results"][0]["school"] == run.school.name
    found = client_of_director.get(f"{FEEDS}{run.uuid}/anomalies/", {"code": "birth-date-missing"}).json()
    assert [row["line"] for row in found["results"]] == [4]
    assert client_of_director.get(f"{FEEDS}{run.uuid}/anomalies/", {"code": "x"}).json()["results"] == []


@pytest.mark.parametrize("path", ["", "lines/", "plan/", "anomalies/"])
def test_another_school_s_director_reads_nothing(path: str, run: FeedRun, as_person) -> None:
    other = as_person(director_of(SchoolFactory(academy=run.academy)))
    assert other.get(f"{FEEDS}{run.uuid}/{path}").status_code == 404
    assert as_person(director_of(run.school)).get(f"{FEEDS}{run.uuid}/{path}").status_code == 200


def test_files_are_sent_tried_and_applied_for_good(run: FeedRun, client_of_director, tmp_path: Path) -> None:
    (path,) = a_csv(tmp_path, pupils=[*pupils(12), Child("Zoé")]).iterdir()
    sent = {"school": str(run.school.uuid), "files": SimpleUploadedFile("eleves.csv", path.read_bytes())}
    answer = client_of_director.post(FEEDS, sent)
    assert answer.status_code == 202
    job = Job.objects.get(uuid=answer.json()["uuid"])
    tasks.import_upload.task(str(job.uuid))
    tried = client_of_director.get(f"/api/v1/jobs/{job.uuid}/").json()
    assert (tried["state"], tried["result"]["state"]) == (JobState.DONE, RunState.DRY)
    dry = FeedRun.objects.get(pk=tried["result"]["run"])
    assert client_of_director.get(f"{FEEDS}{dry.uuid}/").json()["files_kept"] is True
    applied = client_of_director.post(f"{FEEDS}{dry.uuid}/apply/").json()
    tasks.import_upload.task(applied["uuid"])
    assert Job.objects.get(uuid=applied["uuid"]).result["counts"]["pupils"]["created"] == 1
    late = client_of_director.post(f"{FEEDS}{dry.uuid}/apply/")
    assert (late.status_code, late.json()["type"]) == (409, "urn:cartable:no-longer-kept")


def test_a_school_is_watched_with_its_census(run: FeedRun, client_of_director, as_person) -> None:
    told = client_of_director.get(f"{SCHOOLS}{run.school.uuid}/").json()
    assert (told["pupils"], told["classes"], told["has_head"]) == (12, 1, True)
    assert [waiting["number"] for waiting in told["to_decide"]] == [run.pk]
    assert told["census"]["people"]["pupil"]["never_activated"] == 12
    assert told["readable_runs"] == [str(run.uuid)]
    other = as_person(director_of(SchoolFactory()))
    assert other.get(f"{SCHOOLS}{run.school.uuid}/").status_code == 404


def test_the_list_of_schools_is_the_scope_s_and_asks_as_much_for_one_as_for_forty(as_person) -> None:
    academy = AcademyFactory()
    SchoolFactory(academy=academy, name="École Jean-Macé")
    SchoolFactory(name="École d’ailleurs")
    person = PersonFactory(staff=True, activated=True)
    AdministratorFactory(person=person, of_academy=True, academy=academy)
    client = as_person(person)
    assert [row["name"] for row in client.get(SCHOOLS).json()["results"]] == ["École Jean-Macé"]

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(SCHOOLS).status_code == 200
        return len(queries)

    few = asked()
    SchoolFactory.create_batch(199, academy=academy)
    assert asked() == few
    assert len(client.get(SCHOOLS, {"q": "jean mace"}).json()["results"]) == 1
