"""What the Espace documentaire registers in the shell: its door, a pupil's tile, its search, a home panel."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Profile
from documents import querysets
from documents.views.lists import lines
from documents.views.requests import person_of, seen
from sharing.reaching import reach_in
from ui import applications, install, navigation, panels, search, shortcuts, tiles

SHOWN = 4


def register() -> None:
    """To be called in `ready()`."""
    applications.register(
        applications.Application(
            key="documents",
            order=30,
            label="Espace documentaire",
            icon="folder",
            cover="yellow",
            paths=("/documents/", "/api/v1/documents/"),
            closing="Les documents restent à leurs propriétaires, et reviennent à la réouverture.",
        )
    )
    navigation.register(
        navigation.Entry(
            key="documents",
            order=30,
            label="Espace documentaire",
            short="Documents",
            icon="folder",
            url_name="documents:index",
            bar=True,
            cover="yellow",
        )
    )
    tiles.register(
        tiles.Tile(
            key="documents",
            order=30,
            label="Mes documents",
            drawing="docs",
            cover="yellow",
            url=lambda request: reverse("documents:index"),
        )
    )
    install.receive_at("documents:add")
    search.register(
        search.Provider(key="documents", order=20, label="Documents", search=_find, all_url=_all_found)
    )
    shortcuts.register(
        shortcuts.Shortcut(
            key="documents.add",
            order=40,
            label="Déposer un document",
            icon="upload",
            cover="yellow",
            url=_to_add,
        )
    )
    panels.register(
        panels.Panel(
            key="documents.shared",
            order=40,
            template="documents/panels/shared.html",
            predicate=_is_adult,
            context=_lately,
            later=True,
        )
    )


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Documents and folders within sight whose name fits."""
    return [
        search.Hit(url=line.url, title=line.title, sub=line.sub, icon=line.icon, cover=line.cover)
        for line in lines(request, querysets.named(seen(request).filter(trashed_at=None), words)[:limit])
    ]


def _all_found(request: HttpRequest, words: str) -> str:
    return f"{reverse('documents:search')}?{urlencode({'q': words})}"


def _to_add(request: HttpRequest) -> str | None:
    """For those who work in a school: families come here to read."""
    team = person_of(request).profile in (Profile.TEACHER, Profile.STAFF)
    return reverse("documents:add") if team else None


def _is_adult(request: HttpRequest) -> bool:
    return navigation.signed_in(request) and person_of(request).profile != Profile.PUPIL


def _lately(request: HttpRequest) -> Mapping[str, Any] | None:
    """What was shared last with this person; nothing to tell, no panel."""
    told = lines(request, querysets.shared(person_of(request), reach_in(request))[:SHOWN])
    return {"lines": told} if told else None
