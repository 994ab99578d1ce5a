"""Words to sign on a relative's home page: on top of all, and a line a child."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from notebooks.liaison_lines import Received
from notebooks.views.liaison.received import to_sign
from ui import children, panels
from ui.french import counted

SHOWN = 3


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="notebooks.liaison",
            order=1,
            template="notebooks/panels/to_sign.html",
            predicate=lambda request: (
                isinstance(request.user, User) and request.user.profile == Profile.RELATIVE
            ),
            context=_panel,
            top=True,
            per_child=True,
        )
    )
    children.register(children.Teller(key="notebooks.liaison", order=12, lines=lines_by_child))


def _panel(request: HttpRequest) -> Mapping[str, Any] | None:
    lines = to_sign(request)
    return {"lines": lines[:SHOWN], "more": len(lines) - SHOWN} if lines else None


def lines_by_child(
    request: HttpRequest, asked: Sequence[children.Child]
) -> Mapping[int, Sequence[children.Line]]:
    """What waits for a signature, child by child; no query but that of the panel."""
    waiting: dict[int, list[Received]] = {}
    for each in to_sign(request):
        if each.copy.pupil_id is not None:
            waiting.setdefault(each.copy.pupil_id, []).append(each)
    found = {}
    for child in asked:
        mine = waiting.get(child.key, [])
        if not mine:
            continue
        one = len(mine) == 1
        found[child.key] = [
            children.Line(
                url=reverse("notebooks:liaison_read", args=[mine[0].word.uuid])
                if one
                else reverse("notebooks:liaison_received"),
                title=f"{counted(len(mine), 'mot')} à signer",
                sub=mine[0].word.title if one else "",
                icon="heart-handshake",
                cover="blue",
                tag="en retard" if any(each.late for each in mine) else "à signer",
                tag_tone="bad" if any(each.late for each in mine) else "warn",
                tag_icon="pencil",
            )
        ]
    return found
