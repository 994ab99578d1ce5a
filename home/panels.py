"""What the notice board tells on top of everyone's home page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.viewer import viewer_of
from home.lines import Line, lines_of
from home.querysets import in_order, notices_visible_to
from home.views.requests import manages
from sharing.reaching import reach_in
from ui import children, panels, shortcuts
from ui.french import counted
from ui.navigation import signed_in

SHOWN, AFTER, MOST = 3, 2, 200
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
    panels.register(
        panels.Panel(
            key="home.notices_after",
            order=12,
            template="home/panels/notices.html",
            predicate=_is_relative,
            context=after_children,
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
    """The important ones, those that wait for one's word, then the latest. A relative has here what is important
    and waits alone, so that their children come soon: the others stand after. Nothing to tell, no panel."""
    mine = _mine(request)
    first = [line for line in mine if _presses(line)] if _is_relative(request) else mine
    return _told(request, first[:SHOWN], more=len(mine) > len(first[:SHOWN]))


def after_children(request: HttpRequest) -> Mapping[str, Any] | None:
    """A relative's other notices, after the covers of their children."""
    mine = _mine(request)
    others = [line for line in mine if not _presses(line)]
    shown = others[:AFTER]
    return _told(request, shown, more=len(others) > len(shown), after=len(others) < len(mine))


def _told(
    request: HttpRequest, lines: Sequence[Line], *, more: bool, after: bool = False
) -> Mapping[str, Any] | None:
    child = children.chosen(request)
    back = f"/?{children.PARAMETER}={child.uuid}" if child else "/"
    return {"lines": lines, "more": more, "back": back, "after": after} if lines else None


def _mine(request: HttpRequest) -> list[Line]:
    """What stands for whoever asks; of one child, where their tab is open."""
    child = children.chosen(request)
    return [
        line
        for line in _lines(request)
        if child is None or child.key in {each.pk for each in line.concern.children}
    ]


def _presses(line: Line) -> bool:
    """What nobody may miss: important, and not read as far as one knows."""
    return line.important and (line.waits or not line.concern.asked)


def _is_relative(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.profile == Profile.RELATIVE


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
                    url=reverse("notices:notice", args=[mine[0].notice.uuid])
                    if len(mine) == 1
                    else reverse("notices:index"),
                    title=counted(len(mine), "actualité"),
                    sub=mine[0].notice.title
                    if len(mine) == 1
                    else "L’école attend votre «\u00a0J’ai\u00a0lu\u00a0»",
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
