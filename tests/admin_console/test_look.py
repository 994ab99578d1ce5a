"""The console in a browser: accessible in both themes, nothing sideways on a phone, a job that leads on."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.models import Job, JobState
from tests.admin_console.worlds import academy_admin, fed_school, refused_run, some_run, told_run
from tests.plugins.browser import violations
from tests.schools.factories import SchoolFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("CARTABLE_SHOTS", "")
SESSION = settings.SESSION_COOKIE_NAME


def session_of(person: Any) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    return {SESSION: client.cookies[SESSION].value}


def look(open_page: Any, person: Any, addresses: list[str], width: str, scheme: str) -> None:
    cookies = session_of(person)
    for address in addresses:
        page = open_page(address, width=width, scheme=scheme, again=True, **cookies)
        page.evaluate("document.querySelectorAll('main details.ct-fold').forEach(each => each.open = true)")
        if SHOTS:
            name = address.strip("/").replace("/", "-")[15:70]
            page.screenshot(path=f"{SHOTS}/console-{name}-{width}.png", full_page=True)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.complaints == [], address


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_a_director_s_pages_are_accessible_and_fit(
    open_page: Any,
    tmp_path: Path,
    width: str,
    scheme: str,
) -> None:
    fed = fed_school(tmp_path)
    run = refused_run(tmp_path, fed)
    addresses = [reverse(f"console:{name}") for name in ("index", "runs", "send")]
    addresses += [reverse(f"console:{name}", args=[run.uuid]) for name in ("run", "apply")]
    look(open_page, fed.director, ["/", *addresses], width, scheme)


@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
def test_an_academy_s_pages_are_accessible_and_fit(open_page: Any, width: str, scheme: str) -> None:
    school = SchoolFactory()
    SchoolFactory.create_batch(4, academy=school.academy)
    run = told_run(school, 30)
    addresses = [reverse("console:index"), reverse("console:school", args=[school.uuid])]
    addresses += [reverse(f"console:{name}", args=[run.uuid]) for name in ("run", "anomalies", "undo")]
    addresses.append(reverse("console:rows", args=[run.uuid, "pupils", "changed"]))
    look(open_page, academy_admin(school.academy), addresses, width, scheme)


def test_a_job_s_page_leads_to_the_report_by_itself(open_page: Any, tmp_path: Path) -> None:
    run = some_run(SchoolFactory())
    person = academy_admin(run.academy)
    job = Job.objects.create(
        name="feeds.undo", label="Annulation", actor=person.uuid, state=JobState.RUNNING, clock_shift="0"
    )
    page = open_page(reverse("console:job", args=[job.uuid]), **session_of(person))
    assert violations(page) == []
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, result={"run": run.pk})
    page.wait_for_url(f"**{reverse('console:run', args=[run.uuid])}", timeout=10_000)
    assert page.complaints == []
