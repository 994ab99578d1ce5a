"""What the help desk registers in the shell: its door, help from each page, its search."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.requests import person_of
from directory.annuaire.viewer import viewer_of
from support.help.reader import reader_of
from support.help.search import find
from support.lines import line_of
from support.querysets import page, saying, visible_to
from support.rules import may_ask
from support.topics import topic_at, topic_of
from ui import help as ui_help
from ui import navigation, search


def register() -> None:
    """To be called in `ready()`."""
    navigation.register(
        navigation.Entry(
            key="support",
            order=95,
            label="Assistance ENT",
            short="Assistance",
            icon="lifebuoy",
            url_name="support:index",
            predicate=_asks,
            cover="slate",
        )
    )
    ui_help.provide(_help)
    search.register(
        search.Provider(
            key="support.help", order=70, label="Aide", search=_find_help, all_url=_all_help_found
        )
    )
    search.register(
        search.Provider(
            key="support.tickets", order=80, label="Demandes d’aide", search=_find, predicate=_asks
        )
    )


def _asks(request: HttpRequest) -> bool:
    """Adults; a pupil has the help centre, in the menu of their account."""
    return isinstance(request.user, User) and may_ask(request.user.profile)


def _help(request: HttpRequest) -> ui_help.Help | None:
    """Help about the page, and a request that tells it. No query."""
    if not isinstance(request.user, User):
        return ui_help.Help(url=reverse("support:trouble"), label="Aide à la connexion")
    topic = topic_at(request.path)
    about = f"?{urlencode({'sujet': topic.key})}" if topic.key else ""
    here = f"?{urlencode({'depuis': request.path})}"
    asks = may_ask(request.user.profile)
    return ui_help.Help(
        url=reverse("support:help") + about,
        label="Aide",
        ask_url=reverse("support:ask") + here if asks else "",
        ask_label="Assistance ENT",
    )


def _find_help(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Articles whose words fit. No query of its own."""
    return [
        search.Hit(
            url=reverse("support:article", args=[each.slug]),
            title=each.title,
            sub=each.summary,
            icon=topic_of(each.topic).icon if each.topic else "help-circle",
            cover=topic_of(each.topic).cover if each.topic else "slate",
        )
        for each in find(reader_of(request), words)[:limit]
    ]


def _all_help_found(request: HttpRequest, words: str) -> str:
    return f"{reverse('support:help')}?{urlencode({'q': words})}"


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Requests of theirs, and those that they help with, in which the words are said."""
    me = viewer_of(request).standpoint
    tickets = page(saying(visible_to(person_of(request), me), words, me), count=limit)
    lines = [line_of(me, each) for each in tickets]
    return [
        search.Hit(
            url=reverse("support:ticket", args=[each.ticket.uuid]),
            title=each.subject,
            sub=f"{each.ticket.number} · {each.state}",
            icon="lifebuoy",
            cover="slate",
        )
        for each in lines
    ]
