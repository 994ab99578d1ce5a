"""Letters drawn in the background: the job, and its file, for whoever asked and for some hours."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.models import User
from core.jobs import job
from core.models import Blob, Job, JobState
from core.progress import Progress
from core.storage import services as storage
from directory.letters import LettersAsked
from directory.querysets import schools_administered_by, standpoint_of
from directory.services.letters import letters_of, print_letters
from schools.models import School

NAME = "directory.letters"
LAYOUTS = ("page", "slips")
# Nobody holds the file: it is collected a day later; before that it is given for these hours.
KEPT_FOR = timedelta(hours=8)


def _may_start(person: Any) -> bool:
    return isinstance(person, User) and standpoint_of(person).administers_something


@job(NAME, label="Courriers", may_start=_may_start, cancellable=True)
def draw_letters(
    progress: Progress, *, actor: str, place: str, asked: dict[str, Any], layout: str, renew: bool
) -> dict[str, Any]:
    """The PDF of some letters, kept as a content that nobody holds."""
    person = User.objects.get(uuid=UUID(actor))
    school = School.objects.get(uuid=UUID(place))
    drawn, count = print_letters(
        by=person,
        school=school,
        asked=LettersAsked.from_told(asked),
        layout=layout,
        renew=renew,
        progress=progress,
    )
    name = f"Courriers {school.name}.pdf"
    received = storage.receive(file=BytesIO(drawn), name=name)
    return {"blob": str(received.blob.uuid), "name": name, "letters": count}


def start(*, by: User, school: School, asked: LettersAsked, layout: str, renew: bool = False) -> Job:
    """Starts the job. Raises NotYours, NotAllowed; ValueError for a layout that is none."""
    if layout not in LAYOUTS:
        raise ValueError(layout)
    letters_of(by=by, school=school, asked=asked)  # refused now rather than in the queue
    return draw_letters.start(
        by=by,
        label=f"Courriers, {school.name}"[:200],
        actor=str(by.uuid),
        place=str(school.uuid),
        school=school.uuid,
        asked=asked.told(),
        layout=layout,
        renew=renew,
    )


def jobs_of(person: User) -> QuerySet[Job]:
    """The jobs of letters that this person started: nobody else's."""
    return Job.objects.filter(actor=person.uuid, name=NAME)


def file_of(person: User, uuid: UUID) -> tuple[bytes, str] | None:
    """The file of a job of theirs, for some hours, while they still administer its school; else None."""
    done = jobs_of(person).filter(uuid=uuid, state=JobState.DONE, finished_at__gt=Now() - KEPT_FOR).first()
    if (
        done is None
        or done.school is None
        or not schools_administered_by(person).filter(uuid=done.school).exists()
    ):
        return None
    result = done.result or {}
    blob = Blob.objects.filter(uuid=result["blob"]).first()
    if blob is None:
        return None
    with storage.opened(blob) as held:
        return held.read(), result["name"]
