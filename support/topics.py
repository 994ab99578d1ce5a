"""What a request is about: an application of the site, or one of its common parts; guessed from a page's address."""

from dataclasses import dataclass

from django.http import HttpRequest

from ui import applications


@dataclass(frozen=True, slots=True)
class Topic:
    """An application as one chooses it; `paths` are the beginnings of its pages."""

    key: str
    label: str
    icon: str
    cover: str
    paths: tuple[str, ...] = ()
    administrators: bool = False


# Parts of the site that no school does without.
COMMON = (
    Topic("account", "Connexion et compte", "key", "slate", ("/connexion/", "/mon-compte/")),
    Topic("home", "Accueil et actualités", "home", "teal", ("/actualites/", "/applications/", "/recherche/")),
    Topic("timeline", "Nouveautés", "bell", "orange", ("/nouveautes/",)),
    Topic("directory", "Annuaire", "address-book", "teal", ("/annuaire/",)),
    Topic("sharing", "Partages", "share", "violet", ("/partages/",)),
    Topic("rollover", "Changement d’année", "hourglass", "orange", ("/changement-d-annee/",)),
    Topic("support", "Assistance ENT", "lifebuoy", "slate", ("/assistance/",)),
    Topic("console", "Console d’administration", "settings", "slate", ("/administration/",), True),
)
OTHER = Topic("", "Autre, ou je ne sais pas", "lifebuoy", "slate")


def topics(shut: frozenset[str] = frozenset(), *, administrators: bool = True) -> list[Topic]:
    """What one may choose, in order, the applications that are closed left out."""
    found = [
        Topic(each.key, each.label, each.icon, each.cover, each.paths)
        for each in applications.applications
        if applications.opens(each.key, shut)
    ]
    return [*found, *(each for each in COMMON if administrators or not each.administrators)]


def topic_of(key: str) -> Topic:
    """The topic of a key, as it is called; the last one for what is no more."""
    return next((each for each in topics() if each.key == key), OTHER)


def topic_at(path: str) -> Topic:
    """The topic that a page is of."""
    return next((each for each in topics() if path.startswith(each.paths or ("\0",))), OTHER)


def open_topics(request: HttpRequest, *, administrators: bool) -> list[Topic]:
    """Those of whoever asks."""
    return topics(applications.closed(request), administrators=administrators)
