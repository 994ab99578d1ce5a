"""What messaging registers in the shell: its door and its count, a pupil's tile, its search."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Profile
from directory.annuaire.viewer import viewer_of
from directory.models import Group
from messaging.care import to_read_count
from messaging.lines import NO_SUBJECT
from messaging.querysets import Filters, found, kept, page
from messaging.views.requests import person_of
from ui import applications, navigation, search, shortcuts, tiles
from ui.navigation import Badge


def register() -> None:
    """To be called in `ready()`."""
    applications.register(
        applications.Application(
            key="messaging",
            order=20,
            label="Messagerie",
            icon="mail",
            cover="green",
            paths=("/messagerie/", "/api/v1/messages/", "/api/v1/message-folders/"),
            closing="Les messages restent à leurs destinataires, et reviennent à la réouverture.",
        )
    )
    navigation.register(
        navigation.Entry(
            key="messaging",
            order=20,
            label="Messagerie",
            short="Messages",
            icon="mail",
            url_name="messaging:index",
            bar=True,
            cover="green",
            badge=_unread,
        )
    )
    tiles.register(
        tiles.Tile(
            key="messaging",
            order=20,
            label="Mes messages",
            drawing="mail",
            cover="green",
            url=lambda request: reverse("messaging:index"),
        )
    )
    for shortcut in (
        shortcuts.Shortcut(
            key="messaging.school",
            order=10,
            label="Écrire à l’école",
            icon="pencil",
            cover="green",
            url=_to_school,
            first=True,
        ),
        shortcuts.Shortcut(
            key="messaging.families",
            order=20,
            label="Écrire aux parents",
            icon="mail",
            cover="green",
            url=_to_families,
        ),
    ):
        shortcuts.register(shortcut)
    search.register(
        search.Provider(key="messaging", order=40, label="Messages", search=_find, all_url=_all_found)
    )


def _to_school(request: HttpRequest) -> str | None:
    return reverse("messaging:write") if person_of(request).profile == Profile.RELATIVE else None


def _to_families(request: HttpRequest) -> str | None:
    """To the relatives of the classes that somebody teaches. A query."""
    me = viewer_of(request)
    if me.person.profile != Profile.TEACHER or not me.own_classes:
        return None
    families = Group.objects.filter(school_class__in=me.own_classes, profile=Profile.RELATIVE)
    asked = [("a", f"group:{group.uuid}") for group in families.order_by("pk")]
    return f"{reverse('messaging:write')}?{urlencode(asked)}" if asked else None


def _unread(request: HttpRequest) -> Badge | None:
    count = to_read_count(person_of(request))
    return Badge(count, "non lus\u00a0: ") if count else None


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Messages held whose subject, text or names fit."""
    copies = found(kept(person_of(request)), Filters(words=words))
    return [
        search.Hit(
            url=reverse("messaging:thread", args=[copy.message.uuid]),
            title=copy.message.subject or NO_SUBJECT,
            sub=copy.message.author_name,
            icon="mail",
            cover="green",
        )
        for copy in page(copies, count=limit)
    ]


def _all_found(request: HttpRequest, words: str) -> str:
    return f"{reverse('messaging:index')}?{urlencode({'q': words})}"
