"""The log: each reads what was done in their scope and nothing else; filters, pages, export."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Profile
from admin_console.audit.filters import told
from core import audit, clock
from core.models import AuditEntry
from directory.querysets.audit import audit_visible_to
from directory.services.blocks import block_person, block_profile
from directory.services.school_settings import rename
from tests.admin_console.worlds import academy_admin, platform_admin
from tests.directory.factories import AttachmentFactory
from tests.directory.worlds import school_world

pytestmark = pytest.mark.django_db
LOG, CSV, API = (
    "/administration/journal/",
    "/administration/journal/export.csv",
    "/api/v1/administration/audit/",
)


def read(client, **query) -> str:
    answer = client.get(LOG, query)
    assert answer.status_code == 200
    return answer.text


def test_nobody_reads_what_was_done_out_of_their_scope(as_person) -> None:
    here, there = school_world(pupils=1), school_world(pupils=1)
    shared = here.classes[0].teacher
    AttachmentFactory(person=shared, school=there.school)
    block_profile(by=here.director, school=here.school, profile=Profile.PUPIL)
    block_person(by=there.director, person=there.classes[0].pupils[0])
    # done in the other school to somebody of both: the other school's
    with audit.acting(by=there.director):
        audit.record("person.detached", subject=shared.uuid, school=there.school.uuid)
        audit.record("account.code_printed", subject=shared.uuid)

    def verbs(person) -> set[str]:
        return set(audit_visible_to(person).values_list("verb", flat=True))

    assert verbs(here.director) == {"block.profile", "account.code_printed"}
    assert verbs(there.director) == {"block.person", "person.detached", "account.code_printed"}
    assert verbs(here.classes[0].teacher) == set()
    assert len(verbs(academy_admin(here.school.academy)) - verbs(here.director)) == 0
    assert len(verbs(platform_admin())) == 4
    assert as_person(here.classes[0].teacher).get(LOG).status_code == 404
    told = as_person(here.director).get(API).json()["results"]
    assert {entry["verb"] for entry in told} == {"block.profile", "account.code_printed"}
    assert as_person(here.classes[0].teacher).get(API).json()["results"] == []


def test_instants_and_days_are_told_as_people_read_them() -> None:
    kept = {
        "starts_at": "2026-11-29T07:56:24.455110+00:00",
        "message_until": "2026-12-12",
        "name": "2026-13-45",
    }
    assert [text.replace("\xa0", " ") for _, text in told(kept)] == [
        "29 novembre 2026 à 8 h 56", "12 décembre 2026", "2026-13-45",
    ]  # fmt: skip


def test_filters_combine_and_stay_in_the_address(as_person) -> None:
    world = school_world(pupils=1)
    pupil = world.classes[0].pupils[0]
    block_person(by=world.director, person=pupil)
    rename(by=world.director, school=world.school, name="École du Port")
    client = as_person(world.director)
    told = read(client, genre="Blocages", sur=pupil.first_name, par=world.director.last_name)
    assert "a bloqué la personne" in told
    assert "a renommé l’école" not in told
    assert "genre=Blocages" in told  # the export keeps them
    assert "a renommé l’école" in read(client, genre="Réglages de l’école")
    assert "Aucun acte ne répond" in read(client, par="Personne Denom")
    assert "Aucun acte ne répond" in read(client, du="2026-09-22")
    assert "a bloqué la personne" in read(client, du="2026-09-21", au="2026-09-21")
    assert read(client, du="x", au="2026-99-99", genre="x", apres="x")


def test_pages_follow_a_cursor_and_ask_a_fixed_number_of_queries(as_person) -> None:
    world = school_world()
    client = as_person(world.director)

    def acts(number: int) -> None:
        AuditEntry.objects.bulk_create(
            AuditEntry(at=clock.now(), actor=world.director.uuid, verb="school.renamed",
                       school=world.school.uuid, after={"name": f"Nom {n}"})
            for n in range(number)
        )  # fmt: skip

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    acts(1)
    read(client)
    few = asked()
    acts(119)
    assert asked() == few
    seen: list[str] = []
    address = LOG
    for _ in range(3):
        told = client.get(address).text
        seen += re.findall(r"<dd>(Nom \d+)</dd>", told)
        following = re.search(r'rel="next" href="([^"]+)"', told)
        address = following[1].replace("&amp;", "&") if following else ""
    assert (len(seen), address) == (120, "")


def test_the_export_runs_nothing_in_a_spreadsheet(as_person) -> None:
    world = school_world()
    rename(by=world.director, school=world.school, name='=HYPERLINK("http://x")')
    answer = as_person(world.director).get(CSV)
    assert answer["Content-Type"].startswith("text/csv")
    told = answer.content.decode("utf-8-sig")
    assert "a renommé l’école" in told
    assert not [
        cell
        for line in told.splitlines()
        for cell in line.split(";")
        if cell.lstrip('"')[:1] in "=+-@" and cell
    ]
