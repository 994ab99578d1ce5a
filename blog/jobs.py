"""A blog drawn as a PDF in the background: the job, and its file, for whoever asked and for some hours."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.models import User
from blog import papers
from blog.errors import NoSuchBlog
from blog.models import Blog
from blog.querysets import blogs_visible_to
from core.jobs import job
from core.models import Blob, Job, JobState
from core.progress import Progress
from core.storage import services as storage

NAME = "blog.print"
# Nobody holds the file: it is collected a day later; before that it is given for these hours.
KEPT_FOR = timedelta(hours=8)


@job(NAME, label="Blog en PDF", may_start=lambda person: isinstance(person, User), cancellable=True)
def draw_blog(progress: Progress, *, actor: str, blog: str, comments: bool) -> dict[str, Any]:
    """What whoever asked reads of a blog, kept as a content that nobody holds. Raises NoSuchBlog."""
    person = User.objects.get(uuid=UUID(actor))
    found = blogs_visible_to(person).filter(resource__uuid=UUID(blog)).first()
    if found is None:
        raise NoSuchBlog()
    drawn = papers.draw(found, person, comments=comments, progress=progress)
    name = f"{found.resource.title[:120]}.pdf"
    received = storage.receive(file=BytesIO(drawn), name=name)
    return {"blob": str(received.blob.uuid), "name": name}


def start(*, by: User, blog: Blog, comments: bool = False) -> Job:
    """Starts the job, of a blog that `by` sees."""
    title = blog.resource.title
    return draw_blog.start(
        by=by,
        label=f"Blog «\u00a0{title}\u00a0» en PDF"[:200],
        actor=str(by.uuid),
        blog=str(blog.resource.uuid),
        comments=comments,
    )


def jobs_of(person: User, blog: Blog) -> QuerySet[Job]:
    """The jobs of this blog that this person started: nobody else's."""
    return Job.objects.filter(actor=person.uuid, name=NAME, arguments__blog=str(blog.resource.uuid))


def file_of(person: User, blog: Blog, uuid: UUID) -> tuple[Blob, str] | None:
    """The file of a job of theirs on a blog that they see, for some hours; else None."""
    done = jobs_of(person, blog).filter(uuid=uuid, state=JobState.DONE, finished_at__gt=Now() - KEPT_FOR)
    found = done.first()
    if found is None:
        return None
    result = found.result or {}
    blob = Blob.objects.filter(uuid=result["blob"]).first()
    return (blob, result["name"]) if blob else None
