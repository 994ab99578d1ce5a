"""Rows of letters: of the school spoken of; a drawing is for whoever asked."""

from io import BytesIO
from typing import Any

from core import clock
from core.models import Job, JobState
from core.storage import services as storage
from directory import letters_job
from tests.house.rows import ADMINISTRATORS, row
from tests.house.world import DIRECTOR, DISTRICT_ADMIN, OTHER_DIRECTOR, SCHOOL_ADMINS, HouseWorld

# Who administers one school speaks of it; the others choose one first.
OF_ONE = (DIRECTOR, OTHER_DIRECTOR, DISTRICT_ADMIN)


def _job(world: HouseWorld) -> dict[str, Any]:
    blob = storage.receive(file=BytesIO(b"%PDF-1.7 un courrier"), name="Courriers.pdf").blob
    job, _ = Job.objects.get_or_create(
        name=letters_job.NAME,
        actor=world.people[DIRECTOR].uuid,
        defaults={
            "school": world.school.uuid,
            "label": "Courriers",
            "state": JobState.DONE,
            "clock_shift": clock.shift(),
            "finished_at": clock.now(),
            "result": {"blob": str(blob.uuid), "name": "Courriers.pdf", "letters": 1},
        },
    )
    return {"uuid": job.uuid}


def _school(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school.uuid}


def _layout(world: HouseWorld) -> dict[str, Any]:
    return {"layout": "slips"}


PAGES = {
    "console:letters": row(*ADMINISTRATORS),
    "console:letters_start": row(*OF_ONE, good=302, method="post", data=_layout),
    "console:letters_mail": row(*OF_ONE, good=302, method="post"),
    "console:letters_job": row(DIRECTOR, address=_job),
    "console:letters_file": row(DIRECTOR, address=_job),
}
API = {
    "administered-letters-detail": row(*SCHOOL_ADMINS, address=_school, anonymous=403),
    "administered-letters-print": row(
        *SCHOOL_ADMINS, good=202, address=_school, anonymous=403, method="post", data=_layout
    ),
    "administered-letters-mail": row(*SCHOOL_ADMINS, address=_school, anonymous=403, method="post"),
    "administered-letters-file": row(DIRECTOR, address=_job, anonymous=403),
}
