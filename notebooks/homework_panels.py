"""Homework on home pages: a pupil's evening, a line a child for relatives."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.viewer import viewer_of
from notebooks.homework_reading import Homework, count_words
from notebooks.views.homework.week import tonight_context, tonight_of_children
from notebooks.views.requests import person_of
from ui import children, panels
from ui.french import agree

_FOUND = "_homework_tonight"


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="notebooks.homework",
            order=5,
            template="notebooks/panels/tonight.html",
            predicate=lambda request: (
                isinstance(request.user, User) and request.user.profile == Profile.PUPIL
            ),
            context=lambda request: _tonight(request) if tonight_in(request) else None,
            beside=True,
        )
    )
    children.register(children.Teller(key="notebooks.homework", order=20, lines=lines_by_child))


def tonight_in(request: HttpRequest) -> Sequence[Homework]:
    """What a pupil has to do for the next day; read once for the request."""
    found: Sequence[Homework] = _tonight(request)["soon"]
    return found


def _tonight(request: HttpRequest) -> Mapping[str, Any]:
    kept: Mapping[str, Any] | None = getattr(request, _FOUND, None)
    if kept is None:
        kept = tonight_context(request, person_of(request))
        setattr(request, _FOUND, kept)
    return kept


def lines_by_child(
    request: HttpRequest, asked: Sequence[children.Child]
) -> Mapping[int, Sequence[children.Line]]:
    """« 2 devoirs pour demain, 1 fait », child by child; in as many queries as for one."""
    # A child whose tie the direction limited has no class here.
    known = viewer_of(request).standpoint.children
    open_ = {child.key: child for child in asked if child.key in known}
    found = {}
    for told in tonight_of_children(request, list(open_)):
        if not told.works:
            continue
        count = len(told.works)
        subjects = list(dict.fromkeys(work.entry.subject for work in told.works if work.entry.subject))
        all_done = told.done == count
        found[told.child] = [
            children.Line(
                url=f"{reverse('notebooks:homework_week')}?enfant={open_[told.child].uuid}"
                f"&semaine={told.works[0].entry.due_on.isoformat()}",
                title=f"{count_words(count)} {told.when}",
                sub=", ".join(subjects[:3]),
                icon="notebook",
                cover="green",
                tag=(
                    agree(count, "fait", "tous faits")
                    if all_done
                    else f"{told.done} {agree(told.done, 'fait')}"
                )
                if told.done
                else "",
                tag_tone="ok" if all_done else "",
                tag_icon="check" if all_done else "",
            )
        ]
    return found
