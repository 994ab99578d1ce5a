"""New passwords forced on a population, as a job: what it carries, and how its asker finds it again."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.enums import Profile
from accounts.models import User
from core.jobs import job
from core.models import Job
from core.progress import Progress
from directory.bulk_jobs import administers_something
from directory.enums import Scope
from directory.services.forced_passwords import Population, force_passwords, population
from schools.models import School


@job("directory.force_passwords", label="Nouveaux mots de passe", may_start=administers_something)
def force(
    progress: Progress,
    *,
    actor: str,
    place: str,
    scope: str,
    profiles: list[str],
    apart: list[str],
    spared: bool,
) -> dict[str, Any]:
    """Ends the passwords and the sessions of a population, as far as the actor still administers it."""
    by = User.objects.get(uuid=UUID(actor))
    asked = Population(
        school=School.objects.get(uuid=UUID(place)),
        scope=Scope(scope),
        profiles=frozenset(Profile(each) for each in profiles),
        apart=frozenset(UUID(each) for each in apart),
        spared=spared,
    )
    return {"done": force_passwords(by=by, asked=asked, progress=progress)}


def start(*, by: User, asked: Population) -> Job:
    """Sends it to the queue. Raises NotAllowed, NotYours."""
    population(by=by, asked=asked)
    return force.start(
        by=by,
        school=asked.school.uuid,
        actor=str(by.uuid),
        place=str(asked.school.uuid),
        scope=asked.scope.value,
        profiles=sorted(asked.profiles),
        apart=sorted(str(each) for each in asked.apart),
        spared=asked.spared,
    )


def jobs_of(person: User) -> QuerySet[Job]:
    """Those that someone asked for."""
    return Job.objects.filter(actor=person.uuid, name=force.name)
