"""Who reads the help centre: their profile, whether they administer, which applications are closed to them."""

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.requests import person_of
from directory.annuaire.viewer import viewer_of
from support.help.article import Article
from support.help.articles import ARTICLES
from ui import applications


@dataclass(frozen=True, slots=True)
class Reader:
    profile: str
    administers: bool
    shut: frozenset[str] = frozenset()


def reader_of(request: HttpRequest) -> Reader:
    """Whoever is signed in. No query where the page asked who they are already."""
    me = viewer_of(request).standpoint
    return Reader(person_of(request).profile, me.administers_something, applications.closed(request))


def readable(reader: Reader) -> list[Article]:
    """The articles that are for someone, in order: of applications that are open to them alone, none of the
    console for whoever administers nothing."""
    return [
        each
        for each in ARTICLES
        if reader.profile in each.profiles
        and (reader.administers or not each.administrators)
        and applications.opens(each.topic, reader.shut)
    ]
