"""The table: each route of the site, and its answer for each kind of person.

A row says who gets a good answer, and what the others get. A room adds its rows here, or in a table
of its own that `ROUTES` gathers; a route without a row fails `test_routes.py`.
"""

from typing import Any

from accounts.enums import Profile
from accounts.links import email_token, password_token
from core import clock
from directory.models import Favourite, Group
from tests.accounts.factories import PASSWORD
from tests.admin_console.school.routes import CONSOLE_SCHOOL, SCHOOL_API, WITHOUT_A_GOOD_ANSWER
from tests.directory.routes import MY_CARD
from tests.directory.routes_leaving import MY_LEAVING
from tests.house.routes_apps import (
    DOCUMENTS,
    DOCUMENTS_API,
    HOME,
    MESSAGING,
    ROLLOVER,
    SHARING,
    SHARING_API,
    TIMELINE,
)
from tests.house.routes_people import PEOPLE, PEOPLE_API
from tests.house.rows import ADMINISTRATORS, TEAM, Row, public, row, signed_in
from tests.house.world import (
    DIRECTOR,
    PUPIL,
    RELATIVE,
    SCHOOL_ADMINS,
    SIGNED_IN,
    STAFF,
    TEACHER,
    HouseWorld,
)

HEALTH = {
    "healthz": public(),
    # No worker runs here: it says so to whoever asks.
    "readyz": public(503),
    "api_schema": public(),
}
FRAME = {
    "ui:accessibility": public(),
    "ui:manifest": public(),
    "ui:offline": public(),
    "ui:worker": public(),
    "ui:legal": public(),
    "ui:personal_data": public(),
    "ui:afterlife": signed_in(),
    "ui:styles": public(),
    "ui:theme": public(302, method="post", data=lambda world: {"theme": "dark"}),
    "ui:menu": signed_in(),
    "home:index": signed_in(),
    # A part, asked by htmx; else the page, whole.
    "home:later": signed_in(302),
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
    **MY_LEAVING,
}
SCHOOL_PEOPLE = (PUPIL, TEACHER, STAFF, DIRECTOR)


def _pupils(world: HouseWorld) -> Group:
    """The pupils of the class."""
    return Group.objects.get(school_class=world.school_class, profile=Profile.PUPIL)


ANNUAIRE = {
    "annuaire:index": signed_in(),
    "annuaire:search": signed_in(),
    "annuaire:schools": signed_in(),
    "annuaire:class": row(PUPIL, RELATIVE, *TEAM, address=lambda world: {"uuid": world.school_class.uuid}),
    "annuaire:school": row(PUPIL, RELATIVE, *TEAM, address=lambda world: {"uuid": world.school.uuid}),
    # Wide administrators find pupils in the console; here they reach the staff of their scope.
    "annuaire:person": row(*SCHOOL_PEOPLE, address=lambda world: {"uuid": world.classmate.uuid}),
    # Whoever may write to it, and whoever is in it.
    "annuaire:group": row(*SCHOOL_PEOPLE, address=lambda world: {"uuid": _pupils(world).uuid}),
    "annuaire-list": signed_in(anonymous=403),
    "annuaire-birthdays": signed_in(anonymous=403),
    "annuaire-class": row(
        PUPIL, RELATIVE, *TEAM, anonymous=403, address=lambda world: {"uuid": world.school_class.uuid}
    ),
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
    # A group of which one sees the members.
    "annuaire:favourite_group": row(
        TEACHER, STAFF, DIRECTOR, address=lambda world: {"uuid": _pupils(world).uuid}
    ),
    "favourites-list": signed_in(anonymous=403),
    "favourites-detail": row(TEACHER, anonymous=403, address=_favourite),
    "favourites-entries": row(TEACHER, anonymous=403, address=_favourite, method="post"),
    "favourites-remove-entries": row(TEACHER, anonymous=403, address=_favourite, method="post"),
}


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
ROUTES: dict[str, Row] = (
    CONSOLE
    | FEEDS
    | HEALTH
    | FRAME
    | SIGNING_IN
    | OWN_ACCOUNT
    | MY_CARD
    | ANNUAIRE
    | FAVOURITES
    | DIRECTORY_API
    | SHARING_API
    | SHARING
    | DOCUMENTS
    | DOCUMENTS_API
    | ROLLOVER
    | CONSOLE_SCHOOL
    | SCHOOL_API
    | PEOPLE
    | PEOPLE_API
    | TIMELINE
    | MESSAGING
    | HOME
)
# Answers that are not a success, by design.
NEVER_GOOD = {
    "readyz",
    "documents:thumbnail",
    "pieces:thumbnail",
    "documents:comment",
    "documents-erase",
    *WITHOUT_A_GOOD_ANSWER,
}
