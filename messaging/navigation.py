"""What messaging registers in the shell: its door and its count, a pupil's tile, its search."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from messaging.care import to_read_count
from messaging.lines import NO_SUBJECT
from messaging.querysets import Filters, found, kept, page
from messaging.views.requests import person_of
from ui import applications, navigation, search, tiles
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
    search.register(
        search.Provider(key="messaging", order=40, label="Messages", search=_find, all_url=_all_found)
    )


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
