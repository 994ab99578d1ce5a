"""Rows of what is shared, kept and turned over: sharing, Espace documentaire, rollover."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from sharing.models import Handover, Resource
from sharing.services import share
from tests.admin_console.groups import routes as groups
from tests.admin_console.season import routes as season
from tests.admin_console.season import routes_turns as turns
from tests.admin_console.users import routes_duplicates as duplicates
from tests.admin_console.users import routes_letters as letters
from tests.admin_console.users import routes_list as users_list
from tests.blog import routes as blog
from tests.directory import routes_class_access as class_access
from tests.documents import routes as documents
from tests.documents import routes_pieces as pieces
from tests.home import routes as home
from tests.house.rows import ADMINISTRATORS, Row, row, signed_in
from tests.house.world import (
    DIRECTOR,
    DISTRICT_ADMIN,
    OTHER_DIRECTOR,
    SCHOOL_ADMINS,
    TEACHER,
    HouseWorld,
)
from tests.messaging import routes as messaging
from tests.notebooks import routes as notebooks
from tests.rollover import routes as year_end
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import SHELF, known
from tests.support import routes as support
from tests.timeline import routes as timeline


def _resource(world: HouseWorld) -> dict[str, Any]:
    owner = world.people[TEACHER]
    found = Resource.objects.filter(owner=owner, title="Dictées").first()
    return {"uuid": (found or ResourceFactory(owner=owner, title="Dictées")).uuid}


def _grant(world: HouseWorld) -> dict[str, Any]:
    resource = Resource.objects.get(**_resource(world))
    if not resource.grants.filter(person=world.classmate).exists():
        GrantFactory(resource=resource, person=world.classmate)
    return _resource(world) | {"of": "persons", "key": world.classmate.uuid}


def _thrown(world: HouseWorld) -> dict[str, Any]:
    """What the teacher threw away."""
    owner = world.people[TEACHER]
    made = ResourceFactory(owner=owner, kind=known(SHELF), trashed_at=clock.now())
    return {"resources": [str(made.uuid)]}


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
    "bin-list": signed_in(anonymous=403),
    "bin-restore": row(TEACHER, good=204, anonymous=403, method="post", data=_thrown),
    "bin-erase": row(TEACHER, good=204, anonymous=403, method="post", data=_thrown),
    "resources-list": signed_in(anonymous=403),
    "resources-detail": row(TEACHER, anonymous=403, address=_resource),
    "resources-grants": row(TEACHER, anonymous=403, address=_resource),
    "resources-grant": row(TEACHER, anonymous=403, address=_grant, method="delete"),
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
    "resources-undo": row(
        TEACHER,
        others=404,
        anonymous=403,
        method="post",
        data=lambda world: {"withdrawal": str(_removed(world)["uuid"])},
    ),
    "handovers-list": signed_in(anonymous=403),
    "handovers-accept": row(DIRECTOR, good=204, anonymous=403, address=_offered, method="post"),
    "handovers-decline": row(DIRECTOR, good=204, anonymous=403, address=_offered, method="post"),
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


def _removed(world: HouseWorld) -> dict[str, Any]:
    """A share that the teacher took back."""
    resource = Resource.objects.get(**_shown(world))
    _grant(world)
    teacher = world.people[TEACHER]
    done = share.remove(by=teacher, resource=resource, person=world.classmate)
    assert done.withdrawal is not None
    return {"uuid": done.withdrawal.uuid}


SHARING = {
    "sharing:with_me": signed_in(),
    "sharing:by_me": signed_in(),
    "sharing:bin": signed_in(),
    # Nothing chosen: back with a word.
    **{f"sharing:{name}": signed_in(302, method="post") for name in ("throw", "bring_back", "forever")},
    # Posted empty: back to the list with a word.
    "sharing:together": signed_in(302, method="post"),
    "sharing:people": signed_in(),
    # Nothing named, or nothing removed: back with a word, or nothing there.
    "sharing:several": signed_in(302),
    "sharing:give_several": signed_in(302, method="post"),
    "sharing:several_lines": signed_in(302, method="post"),
    "sharing:undo": row(TEACHER, good=302, address=_removed, method="post"),
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
    **{
        f"documents:{name}": signed_in()
        for name in ("index", "shared", "starred", "attached", "trashed", "search")
    },
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
    # The version shown: a word, and nothing is done.
    "documents:erase_version": _documents(302, address=documents.version, method="post"),
    "documents:replace": _documents(302, method="post"),
    # Nothing said: the page again.
    "documents:comment": _documents(422, method="post"),
    "documents:delete_comment": _documents(302, address=documents.comment, method="post"),
    "documents:star": _documents(302, method="post"),
    # Nothing chosen: back with a word.
    **{
        f"documents:{name}": signed_in(302, method="post")
        for name in ("move", "copy", "download", "share", "trash", "restore", "forever", "dismiss")
    },
    # What the protocol of uploads is asked of.
    "documents:uploads": signed_in(204, method="options"),
    "documents:upload": signed_in(204, method="options", address=documents.upload),
    "pieces:upload": signed_in(204, method="options", address=documents.upload),
}
DOCUMENTS |= pieces.PAGES


ROLLOVER = {
    **year_end.PAGES,
    **year_end.API,
    # One school alone is shown at once.
    "console:turns": Row(
        row(*ADMINISTRATORS).answers | dict.fromkeys((DIRECTOR, OTHER_DIRECTOR, DISTRICT_ADMIN), 302)
    ),
    **turns.PAGES,
    **turns.API,
    "rollovers-list": signed_in(anonymous=403),
    "rollovers-preview": row(
        *SCHOOL_ADMINS,
        anonymous=403,
        address=lambda world: {"school": str(world.school.uuid)},
    ),
    "rollovers-undo": row(
        *SCHOOL_ADMINS,
        good=202,
        anonymous=403,
        address=lambda world: {"run": turns.turnover(world).run},
        method="post",
    ),
}


def _chosen(**rest: Any) -> dict[str, Any]:
    """An act of the API on a teacher's file: what the others name does not exist."""
    return {
        "anonymous": 403,
        "method": "post",
        "data": lambda world: {"documents": [str(documents.file(world)["uuid"])], **rest},
    }


DOCUMENTS_API = {
    "documents-list": signed_in(anonymous=403),
    "documents-quota": signed_in(anonymous=403),
    "documents-space": signed_in(anonymous=403),
    "documents-returned": signed_in(anonymous=403),
    "documents-dismiss": _documents(204, anonymous=403, address=documents.returned, method="delete"),
    "documents-detail": _documents(anonymous=403),
    "documents-content": _documents(anonymous=403),
    "documents-versions": _documents(anonymous=403),
    "documents-comments": _documents(anonymous=403),
    "documents-version": _documents(anonymous=403, address=documents.version, method="put"),
    "documents-star": _documents(204, anonymous=403, method="put"),
    "documents-delete-comment": _documents(
        204,
        anonymous=403,
        method="delete",
        address=lambda world: {
            name: documents.comment(world)[old] for name, old in (("uuid", "uuid"), ("key", "comment"))
        },
    ),
    "documents-folders": signed_in(
        201, anonymous=403, method="post", data=lambda world: {"title": "Sorties"}
    ),
    "documents-files": signed_in(
        201,
        anonymous=403,
        method="post",
        data=lambda world: {"file": SimpleUploadedFile("mots.txt", b"Mots")},
    ),
    "documents-move": _documents(address=lambda world: {}, **_chosen()),
    "documents-copy": _documents(address=lambda world: {}, **_chosen()),
    "documents-trash": _documents(address=lambda world: {}, **_chosen()),
    "documents-restore": _documents(204, address=lambda world: {}, **_chosen()),
    # It is not in the trash.
    "documents-erase": _documents(409, address=lambda world: {}, **_chosen()),
    "documents-empty-trash": signed_in(anonymous=403, method="post"),
}
DOCUMENTS_API |= pieces.API
SHARING |= users_list.ROWS
SHARING |= letters.PAGES | class_access.PAGES
SHARING_API |= letters.API | class_access.API
SHARING |= groups.PAGES | season.PAGES
SHARING_API |= groups.API | season.API
SHARING |= duplicates.ROWS
TIMELINE = timeline.PAGES | timeline.API
MESSAGING = messaging.PAGES | messaging.API
MESSAGING |= blog.PAGES | blog.API | notebooks.PAGES | notebooks.API | support.PAGES | support.API
HOME = home.PAGES | home.API
