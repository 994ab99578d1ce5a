"""Rows of « Gérer mon établissement » and of the log, pages and API."""

from typing import Any

from accounts.enums import Profile, Source
from core import clock
from core.models import Job
from directory import password_jobs
from directory.enums import Scope
from directory.models import Administrator
from directory.services.forced_passwords import Population
from feeds.enums import RunState
from feeds.models import FeedRun
from messaging.enums import Sign
from messaging.models import Alert, Stop
from sharing.models import Resource
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory
from tests.house.rows import ADMINISTRATORS, Row, row, signed_in
from tests.house.world import (
    DIRECTOR,
    DISTRICT_ADMIN,
    OTHER_DIRECTOR,
    SCHOOL_ADMINS,
    STAFF,
    TEACHER,
    HouseWorld,
)
from tests.messaging.routes import report
from tests.sharing.factories import ResourceFactory
from tests.sharing.kinds import SHELF, known

# Of one school alone, it is the one; of several, one is asked first, and nothing is posted for none.
ONE_SCHOOL = (DIRECTOR, OTHER_DIRECTOR, DISTRICT_ADMIN)
SECTIONS = (
    "manage",
    "blocks",
    "identity",
    "school_feeds",
    "administrators",
    "quotas",
    "quiet",
    "school_messages",
    "reports",
    "passwords",
    "reach",
    "left_things",
)


def _school(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school.uuid}


def _right(world: HouseWorld) -> dict[str, Any]:
    """Somebody administers the school, by hand."""
    found = Administrator.objects.filter(school=world.school, source=Source.MANUAL).first()
    person = PersonFactory(staff=True) if found is None else found.person
    return {"key": (found or AdministratorFactory(person=person, school=world.school)).pk}


def _applied(world: HouseWorld) -> dict[str, Any]:
    FeedRun.objects.filter(pk=world.run.pk).update(state=RunState.APPLIED, refusal=None)
    return {"run": world.run.uuid}


def _left(world: HouseWorld, *, trashed: bool = False) -> Resource:
    """A thing of the school, of a kind that is known."""
    thing: Resource = ResourceFactory(
        owner=None, owner_school=world.school, kind=known(SHELF), trashed_at=clock.now() if trashed else None
    )
    return thing


def _stop(world: HouseWorld) -> Stop:
    """Relatives of the school send nothing for now."""
    found = Stop.objects.filter(school=world.school, lifted_at__isnull=True).first()
    return found or Stop.objects.create(
        school=world.school, profile=Profile.RELATIVE, by=world.people[DIRECTOR].uuid, at=clock.now()
    )


def _alert(world: HouseWorld) -> Alert:
    """The teacher's account writes like a stolen one."""
    found = Alert.objects.filter(closed_at=None).first()
    return found or Alert.objects.create(
        person=world.people[TEACHER], day=clock.today(), sign=Sign.SAME, reached=9, at=clock.now()
    )


def _passwords_job(world: HouseWorld) -> dict[str, Any]:
    """The director forces new passwords on nobody."""
    found = Job.objects.filter(name="directory.force_passwords").first()
    asked = Population(school=world.school, scope=Scope.SCHOOL, profiles=frozenset())
    return {"uuid": (found or password_jobs.start(by=world.people[DIRECTOR], asked=asked)).uuid}


def _of_this_school() -> Row:
    """A page on a thing of the school: the other director has none such; who has several schools is asked."""
    return row(*SCHOOL_ADMINS, address=_applied)


def _posted(good: int = 302, **rest: Any) -> Row:
    return row(*ONE_SCHOOL, good=good, method="post", **rest)


CONSOLE_SCHOOL = {
    **{f"console:{name}": row(*ADMINISTRATORS) for name in (*SECTIONS, "applications", "audit")},
    "console:audit_export": row(*ADMINISTRATORS),
    "console:block_details": row(*ADMINISTRATORS, address=lambda world: {"profile": "eleves"}),
    "console:block": _posted(address=lambda world: {"profile": "eleves"}),
    # Nobody is blocked: a word, and back.
    "console:unblock": _posted(address=lambda world: {"profile": "eleves"}),
    "console:logo": _posted(data=lambda world: {"retirer": "1"}),
    "console:school_feed": _of_this_school(),
    "console:administrator_name": row(
        DIRECTOR, DISTRICT_ADMIN, good=302, method="post",
        data=lambda world: {"personne": str(world.people[STAFF].uuid), "portee": "ecole"},
    ),
    "console:administrator_take": row(DIRECTOR, DISTRICT_ADMIN, good=302, method="post", address=_right),
    "console:quota_person": row(
        *SCHOOL_ADMINS, address=lambda world: {"person": world.people[TEACHER].uuid}
    ),
    "console:messages_stop": _posted(),
    "console:messages_resume": row(
        DIRECTOR, DISTRICT_ADMIN, good=302, method="post", address=lambda world: {"uuid": _stop(world).uuid}
    ),
    "console:passwords_job": row(DIRECTOR, address=_passwords_job),
    "console:messages_alert": row(
        DIRECTOR, DISTRICT_ADMIN, good=302, method="post", address=lambda world: {"uuid": _alert(world).uuid}
    ),
    # Who has several schools is asked which.
    "console:report": row(*SCHOOL_ADMINS, address=report),
    "console:report_handled": row(DIRECTOR, DISTRICT_ADMIN, good=302, method="post", address=report),
    "console:left_trash": row(
        DIRECTOR, DISTRICT_ADMIN, good=302, method="post", address=lambda world: {"uuid": _left(world).uuid}
    ),
    "console:left_restore": row(
        DIRECTOR, DISTRICT_ADMIN, good=302, method="post",
        address=lambda world: {"uuid": _left(world, trashed=True).uuid},
    ),
    # Who has several schools is asked which.
    "console:left_erase": row(
        *SCHOOL_ADMINS, address=lambda world: {"uuid": _left(world, trashed=True).uuid}
    ),
    "annuaire:school_logo": row(address=_school),
}  # fmt: skip


def _api(good: int = 200, address: Any = _school, **rest: Any) -> Row:
    return row(*SCHOOL_ADMINS, good=good, anonymous=403, address=address, **rest)


SCHOOL_API = {
    "audit": signed_in(anonymous=403),
    "school-settings": _api(),
    "school-logo": _api(204, method="delete"),
    "school-blocks": _api(),
    # No profile is blocked.
    "school-block": _api(
        409, address=lambda w: _school(w) | {"profile": Profile.PUPIL.value}, method="delete"
    ),
    "school-applications": _api(),
    "school-administrators": _api(),
    "administrator": _api(204, address=_right, method="delete"),
    "school-quotas": _api(),
    "person-quota": _api(address=lambda world: {"uuid": world.people[TEACHER].uuid}),
    "school-messages": _api(),
    "school-messages-stop": _api(
        204, method="delete", address=lambda w: _school(w) | {"stop": _stop(w).uuid}
    ),
    "school-messages-alert": _api(
        204,
        method="post",
        address=lambda w: _school(w) | {"alert": _alert(w).uuid},
        data=lambda world: {"act": "close"},
    ),
    "school-passwords": _api(method="post", data=lambda world: {"profiles": ["GUEST"]}),
    "school-contents": _api(),
    "school-content": _api(
        204, method="delete", address=lambda w: _school(w) | {"thing": _left(w, trashed=True).uuid}
    ),
    "school-feeds": _api(),
    "school-feed-rows": _api(address=lambda world: _school(world) | _applied(world)),
}
WITHOUT_A_GOOD_ANSWER = {"annuaire:school_logo", "school-block"}
