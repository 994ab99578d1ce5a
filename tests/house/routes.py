"""The table: each route of the site, and its answer for each kind of person.

A row says who gets a good answer, and what the others get. A room adds its rows here, or in a table
of its own that `ROUTES` gathers; a route without a row fails `test_routes.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.links import email_token, password_token
from core import clock
from directory.models import Favourite
from sharing.models import Handover, Resource
from tests.accounts.factories import PASSWORD
from tests.documents import routes as documents
from tests.house.world import (
    ACADEMY_ADMIN,
    ANONYMOUS,
    DIRECTOR,
    DISTRICT_ADMIN,
    KINDS,
    OTHER_DIRECTOR,
    PLATFORM_ADMIN,
    PUPIL,
    RELATIVE,
    SCHOOL_ADMINS,
    SIGNED_IN,
    STAFF,
    TEACHER,
    HouseWorld,
)
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import SHELF, known

LOGIN = "to sign-in"  # a redirection to the sign-in page

type Answer = int | str


@dataclass(frozen=True)
class Row:
    """`answers` by kind; `address` gives the route's arguments, `data` what is posted."""

    answers: dict[str, Answer]
    address: Callable[[HouseWorld], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[HouseWorld], dict[str, Any]] = field(default=lambda world: {})
    query: str = ""

    @property
    def has_a_good_answer(self) -> bool:
        return any(isinstance(answer, int) and answer < 400 for answer in self.answers.values())


def row(*kinds: str, good: int = 200, others: int = 404, anonymous: Answer = LOGIN, **rest: Any) -> Row:
    """`kinds` get `good`, the other people signed in `others`, whoever is not signed in `anonymous`."""
    answers: dict[str, Answer] = {kind: good if kind in kinds else others for kind in SIGNED_IN}
    return Row(answers | {ANONYMOUS: anonymous}, **rest)


def public(good: int = 200, **rest: Any) -> Row:
    """Everyone gets the same."""
    return Row(dict.fromkeys(KINDS, good), **rest)


def signed_in(good: int = 200, **rest: Any) -> Row:
    """Whoever is signed in."""
    return row(*SIGNED_IN, good=good, **rest)


HEALTH = {
    "healthz": public(),
    # No worker runs here: it says so to whoever asks.
    "readyz": public(503),
    "api_schema": public(),
}
FRAME = {
    "ui:accessibility": public(),
    "ui:legal": public(),
    "ui:personal_data": public(),
    "ui:styles": public(),
    "ui:theme": public(302, method="post", data=lambda world: {"theme": "dark"}),
    "ui:menu": signed_in(),
    "home:index": signed_in(),
}


def _new_password(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.classmate.uuid, "token": password_token(world.classmate)}


SIGNING_IN = {
    "account:sign_in": signed_in(302, anonymous=200),
    "account:pupil_sign_in": signed_in(302, anonymous=200),
    "account:activation": public(),
    "account:first_password": public(302),
    "account:forgotten": public(),
    "account:forgotten_sent": public(),
    "account:new_password": public(address=_new_password),
    "account:confirm_email": public(
        address=lambda world: {"token": email_token(world.classmate, "lina@exemple.fr")}
    ),
    "account:sign_out": public(302, method="post"),
}
OWN_ACCOUNT = {
    "account:mine": signed_in(),
    # Posted empty: the page again, with a word beside each field.
    "account:change_password": signed_in(method="post"),
    # A pupil has no address of their own: back to their page.
    "account:choose_email": row(*(k for k in SIGNED_IN if k != PUPIL), others=302, method="post"),
    "account:sign_out_everywhere": signed_in(302, method="post"),
    "account:leaving": signed_in(302),
}
SCHOOL_PEOPLE = (PUPIL, TEACHER, STAFF, DIRECTOR)
TEAM = (TEACHER, STAFF, DIRECTOR, DISTRICT_ADMIN, ACADEMY_ADMIN, PLATFORM_ADMIN)
ANNUAIRE = {
    "annuaire:index": signed_in(),
    "annuaire:search": signed_in(),
    "annuaire:schools": signed_in(),
    "annuaire:class": row(PUPIL, RELATIVE, *TEAM, address=lambda world: {"uuid": world.school_class.uuid}),
    "annuaire:school": row(PUPIL, RELATIVE, *TEAM, address=lambda world: {"uuid": world.school.uuid}),
    # Wide administrators find pupils in the console; here they reach the staff of their scope.
    "annuaire:person": row(*SCHOOL_PEOPLE, address=lambda world: {"uuid": world.classmate.uuid}),
    "annuaire-list": signed_in(anonymous=403),
    "annuaire-detail": row(
        *SCHOOL_PEOPLE, anonymous=403, address=lambda world: {"uuid": world.classmate.uuid}
    ),
}


def _favourite(world: HouseWorld) -> dict[str, Any]:
    owned, _ = Favourite.objects.get_or_create(
        owner=world.people[TEACHER], name="Projet théâtre", defaults={"created_at": clock.now()}
    )
    return {"uuid": owned.uuid}


FAVOURITES = {
    "annuaire:favourites": signed_in(),
    # A favourite is its owner's alone.
    "annuaire:favourite": row(TEACHER, address=_favourite),
    "annuaire:favourite_add": row(TEACHER, good=302, address=_favourite, method="post"),
    "annuaire:favourite_remove": row(TEACHER, good=302, address=_favourite, method="post"),
    "annuaire:favourite_rename": row(TEACHER, address=_favourite),
    "annuaire:favourite_delete": row(TEACHER, good=302, address=_favourite, method="post"),
    "annuaire:favourite_person": row(*SCHOOL_PEOPLE, address=lambda world: {"uuid": world.classmate.uuid}),
    "favourites-list": signed_in(anonymous=403),
    "favourites-detail": row(TEACHER, anonymous=403, address=_favourite),
    "favourites-entries": row(TEACHER, anonymous=403, address=_favourite, method="post"),
    "favourites-remove-entries": row(TEACHER, anonymous=403, address=_favourite, method="post"),
}


def _resource(world: HouseWorld) -> dict[str, Any]:
    owner = world.people[TEACHER]
    found = Resource.objects.filter(owner=owner, title="Dictées").first()
    return {"uuid": (found or ResourceFactory(owner=owner, title="Dictées")).uuid}


def _grant(world: HouseWorld) -> dict[str, Any]:
    resource = Resource.objects.get(**_resource(world))
    if not resource.grants.filter(person=world.classmate).exists():
        GrantFactory(resource=resource, person=world.classmate)
    return _resource(world) | {"of": "persons", "key": world.classmate.uuid}


def _offered(world: HouseWorld) -> dict[str, Any]:
    """The director is offered a thing of the teacher's."""
    resource = Resource.objects.get(**_resource(world))
    Resource.objects.filter(pk=resource.pk).update(kind=known(SHELF))
    found, _ = Handover.objects.get_or_create(
        resource=resource,
        to=world.people[DIRECTOR],
        answered_at=None,
        defaults={"by": world.people[TEACHER].uuid, "at": clock.now()},
    )
    return {"uuid": found.uuid}


SHARING_API = {
    "resources-list": signed_in(anonymous=403),
    "resources-detail": row(TEACHER, anonymous=403, address=_resource),
    "resources-grants": row(TEACHER, anonymous=403, address=_resource),
    "resources-grant": row(TEACHER, good=204, anonymous=403, address=_grant, method="delete"),
    "resources-handover": row(
        TEACHER,
        good=201,
        anonymous=403,
        address=_resource,
        method="post",
        data=lambda world: {"to": str(world.people[DIRECTOR].uuid)},
    ),
    "resources-bulk": row(
        TEACHER,
        others=400,
        anonymous=403,
        method="post",
        data=lambda world: {"act": "remove", "resources": [str(_resource(world)["uuid"])]},
    ),
    "handovers-list": signed_in(anonymous=403),
    "handovers-accept": row(DIRECTOR, good=204, anonymous=403, address=_offered, method="post"),
    "handovers-decline": row(DIRECTOR, good=204, anonymous=403, address=_offered, method="post"),
}
ADMINISTRATORS = (DIRECTOR, OTHER_DIRECTOR, DISTRICT_ADMIN, ACADEMY_ADMIN, PLATFORM_ADMIN)
FEEDS = {
    "feeds-list": signed_in(anonymous=403),
    "feeds-detail": row(*SCHOOL_ADMINS, anonymous=403, address=lambda world: {"uuid": world.run.uuid}),
    "feeds-apply": row(
        *SCHOOL_ADMINS, good=202, anonymous=403, address=lambda world: {"uuid": world.run.uuid}, method="post"
    ),
    "feeds-undo": row(
        *SCHOOL_ADMINS, good=202, anonymous=403, address=lambda world: {"uuid": world.run.uuid}, method="post"
    ),
    "feeds-lines": row(*SCHOOL_ADMINS, anonymous=403, address=lambda world: {"uuid": world.run.uuid}),
    "feeds-anomalies": row(*SCHOOL_ADMINS, anonymous=403, address=lambda world: {"uuid": world.run.uuid}),
    "feeds-plan": row(*SCHOOL_ADMINS, anonymous=403, address=lambda world: {"uuid": world.run.uuid}),
    "watched-schools-list": signed_in(anonymous=403),
    "watched-schools-detail": row(
        *SCHOOL_ADMINS, anonymous=403, address=lambda world: {"uuid": world.school.uuid}
    ),
    "jobs-detail": row(DIRECTOR, anonymous=403, address=lambda world: {"uuid": world.job.uuid}),
}


def _run(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.run.uuid}


CONSOLE = {
    "console:index": row(*ADMINISTRATORS),
    "console:school": row(*SCHOOL_ADMINS, address=lambda world: {"uuid": world.school.uuid}),
    "console:runs": row(*ADMINISTRATORS),
    "console:send": row(*ADMINISTRATORS),
    "console:run": row(*SCHOOL_ADMINS, address=_run),
    # Asked by htmx alone: others are led to the page.
    "console:run_progress": row(*SCHOOL_ADMINS, good=302, address=_run),
    "console:anomalies": row(*SCHOOL_ADMINS, address=_run),
    "console:rows": row(*SCHOOL_ADMINS, address=lambda w: _run(w) | {"kind": "pupils", "action": "absent"}),
    "console:report_text": row(*SCHOOL_ADMINS, address=_run),
    "console:report_json": row(*SCHOOL_ADMINS, address=_run),
    "console:apply": row(*SCHOOL_ADMINS, good=302, address=_run, method="post"),
    "console:undo": row(*SCHOOL_ADMINS, address=_run),
    "console:job": row(DIRECTOR, address=lambda world: {"uuid": world.job.uuid}),
}


def _pupils_group(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school_class.group_set.get(profile="PUPIL").uuid}


def _teacher_of_class(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school_class.uuid, "person": world.people[TEACHER].uuid}


DIRECTORY_API = {
    "me-list": signed_in(anonymous=403),
    "me-password": signed_in(
        204,
        anonymous=403,
        method="post",
        data=lambda world: {"present": PASSWORD, "password": "un velo bleu sous la pluie"},
    ),
    "me-sessions": signed_in(204, anonymous=403, method="delete"),
    "me-own-email": signed_in(204, anonymous=403, method="delete"),
    "me-email": row(
        *(k for k in SIGNED_IN if k != PUPIL),
        good=202,
        others=403,
        anonymous=403,
        method="post",
        data=lambda world: {"email": "lina@exemple.fr"},
    ),
    "people-list": signed_in(anonymous=403),
    "people-detail": row(*SCHOOL_PEOPLE, anonymous=403, address=lambda world: {"uuid": world.classmate.uuid}),
    "schools-list": signed_in(anonymous=403),
    "schools-detail": row(
        PUPIL, RELATIVE, *TEAM, anonymous=403, address=lambda world: {"uuid": world.school.uuid}
    ),
    "classes-list": signed_in(anonymous=403),
    "classes-detail": row(
        PUPIL, RELATIVE, *TEAM, anonymous=403, address=lambda world: {"uuid": world.school_class.uuid}
    ),
    "classes-teachers": row(
        *SCHOOL_ADMINS, good=204, anonymous=403, address=_teacher_of_class, method="delete"
    ),
    "groups-list": signed_in(anonymous=403),
    "groups-detail": row(PUPIL, *TEAM, anonymous=403, address=_pupils_group),
    # A pupil knows of the group that they are in; its members are told to the team alone.
    "groups-members": row(PUPIL, *TEAM, anonymous=403, address=_pupils_group),
    "groups-remove-members": row(
        *SCHOOL_ADMINS,
        anonymous=403,
        address=lambda world: {"uuid": world.school.group_set.get(protected=True).uuid},
        method="post",
        data=lambda world: {"people": [world.classmate.uuid]},
    ),
}


def _shown(world: HouseWorld) -> dict[str, Any]:
    """A thing of the teacher's that its page can name."""
    found = _resource(world)
    Resource.objects.filter(**found).update(kind=known(SHELF))
    return found


def _line(world: HouseWorld) -> dict[str, Any]:
    uuid = _grant(world)["uuid"]
    return _shown(world) | {"uuid": uuid}


def _handed(world: HouseWorld) -> dict[str, Any]:
    _offered(world)
    return _shown(world)


def _posted(world: HouseWorld) -> dict[str, Any]:
    return {"recipient": f"person:{world.classmate.uuid}", "role": "1", "name": "Dictées"}


def _panel(good: int = 302, address: Callable[[HouseWorld], dict[str, Any]] = _shown, **rest: Any) -> Row:
    """A form of the share panel: whoever does not manage the thing finds nothing."""
    return row(TEACHER, good=good, address=address, method="post", data=_posted, **rest)


SHARING = {
    "sharing:with_me": signed_in(),
    "sharing:by_me": signed_in(),
    # Posted empty: back to the list with a word.
    "sharing:together": signed_in(302, method="post"),
    "sharing:people": signed_in(),
    "sharing:panel": row(TEACHER, address=_shown),
    "sharing:recipients": row(TEACHER, address=_shown),
    "sharing:give": _panel(),
    "sharing:change": _panel(address=_line),
    "sharing:remove": _panel(address=_line),
    # The person is no group: a word beside the form.
    "sharing:by_name": _panel(200, address=_line),
    "sharing:favourite": _panel(address=_line),
    "sharing:entrust": _panel(),
    "sharing:cede": _panel(),
    "sharing:take_back": _panel(address=_handed),
    "sharing:accept": row(DIRECTOR, good=302, address=_offered, method="post"),
    "sharing:decline": row(DIRECTOR, good=302, address=_offered, method="post"),
}


def _documents(good: int = 200, address: Any = documents.file, **rest: Any) -> Row:
    """A teacher's own file: it does not exist for the others."""
    return row(TEACHER, good=good, address=address, **rest)


DOCUMENTS = {
    **{f"documents:{name}": signed_in() for name in ("index", "shared", "attached", "trashed", "search")},
    **{f"documents:{name}": signed_in() for name in ("space", "add", "new_folder")},
    "documents:folder": _documents(address=documents.folder),
    "documents:folder_zip": _documents(address=documents.folder),
    "documents:file": _documents(),
    "documents:content": _documents(),
    "documents:file_download": _documents(),
    "documents:version": _documents(address=documents.version),
    "documents:rename": _documents(),
    "documents:thumbnail": _documents(404, address=lambda world: documents.file(world) | {"size": 320}),
    "documents:show_version": _documents(302, address=documents.version, method="post"),
    "documents:replace": _documents(302, method="post"),
    # Nothing said: the page again.
    "documents:comment": _documents(422, method="post"),
    "documents:delete_comment": _documents(302, address=documents.comment, method="post"),
    "documents:star": _documents(302, method="post"),
    # Nothing chosen: back with a word.
    **{
        f"documents:{name}": signed_in(302, method="post")
        for name in ("move", "copy", "download", "share", "trash", "restore", "forever")
    },
    # What the protocol of uploads is asked of.
    "documents:uploads": signed_in(204, method="options"),
    "documents:upload": signed_in(204, method="options", address=documents.upload),
}
ROUTES: dict[str, Row] = (
    CONSOLE
    | FEEDS
    | HEALTH
    | FRAME
    | SIGNING_IN
    | OWN_ACCOUNT
    | ANNUAIRE
    | FAVOURITES
    | DIRECTORY_API
    | SHARING_API
    | SHARING
    | DOCUMENTS
)
# Answers that are not a success, by design.
NEVER_GOOD = {"readyz", "documents:thumbnail", "documents:comment"}
