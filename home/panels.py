"""What the notice board tells on top of everyone's home page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from directory.annuaire.viewer import viewer_of
from home.lines import Line, lines_of
from home.querysets import in_order, notices_visible_to
from home.views.requests import manages
from sharing.reaching import reach_in
from ui import children, panels, shortcuts
from ui.french import counted
from ui.navigation import signed_in

SHOWN, MOST = 3, 200
_FOUND = "_home_notices"


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="home.notices",
            order=0,
            template="home/panels/notices.html",
            predicate=signed_in,
            context=notices,
            top=True,
            per_child=True,
        )
    )
    children.register(children.Teller(key="home.notices", order=10, lines=waiting_by_child))
    shortcuts.register(
        shortcuts.Shortcut(
            key="home.notices",
            order=50,
            label="Écrire une actualité",
            icon="speakerphone",
            cover="coral",
            url=lambda request: reverse("notices:write") if manages(request) else None,
        )
    )


def notices(request: HttpRequest) -> Mapping[str, Any] | None:
    """The important ones, those that wait for one's word, then the latest; of one child, where their tab is
    open. Nothing to tell, no panel."""
    child = children.chosen(request)
    found = [
        line
        for line in _lines(request)
        if child is None or child.key in {each.pk for each in line.concern.children}
    ]
    if not found:
        return None
    back = f"/?{children.PARAMETER}={child.uuid}" if child else "/"
    return {"lines": found[:SHOWN], "more": len(found) > SHOWN, "back": back}


def waiting_by_child(
    request: HttpRequest, asked: Sequence[children.Child]
) -> Mapping[int, Sequence[children.Line]]:
    """How many notices wait for one's word, child by child; no query but those of the panel."""
    found = {}
    for child in asked:
        mine = [
            line
            for line in _lines(request)
            if line.waits and child.key in {each.pk for each in line.concern.children}
        ]
        if mine:
            found[child.key] = [
                children.Line(
                    url=reverse("notices:index"),
                    title=counted(len(mine), "actualité"),
                    sub=mine[0].notice.title
                    if len(mine) == 1
                    else "L’école attend votre «\u00a0J’ai lu\u00a0»",
                    icon="speakerphone",
                    cover="coral",
                    tag="à lire",
                    tag_tone="warn",
                    tag_icon="clock",
                )
            ]
    return found


def _lines(request: HttpRequest) -> list[Line]:
    """What stands for whoever asks, read once for the request. A query; for a relative, three or four."""
    kept: list[Line] | None = getattr(request, _FOUND, None)
    if kept is None:
        person, reach = viewer_of(request).person, reach_in(request)
        kept = lines_of(person, list(in_order(notices_visible_to(reach))[:MOST]), reach)
        kept.sort(key=lambda line: (not line.important, not line.waits))
        setattr(request, _FOUND, kept)
    return kept
