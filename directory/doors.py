"""What the Annuaire registers in the shell: its door, its search, the school under a person's name."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from directory import panels
from directory.annuaire.groups import groups_found
from directory.annuaire.lines import lines
from directory.annuaire.looks import look_of
from directory.annuaire.viewer import viewer_of
from directory.models import Group
from directory.querysets.favourites import groups_for_favourites
from directory.search import find_people
from ui import cards, navigation, place, search
from ui.people import draw_with, initials, profile_key


def register() -> None:
    """Called by `ready()`."""
    navigation.register(
        navigation.Entry(
            key="annuaire",
            order=60,
            label="Annuaire",
            icon="address-book",
            url_name="annuaire:index",
            bar=True,
            cover="teal",
        )
    )
    search.register(
        search.Provider(key="people", order=10, label="Personnes", search=find, all_url=_all_found)
    )
    search.register(
        search.Provider(key="groups", order=15, label="Groupes", search=find_group, all_url=_all_found)
    )
    place.provide(place_of)
    draw_with(look_of)
    cards.register(
        cards.CardAct(key="favourite", order=80, label="Ajouter à un favori", icon="star", url=_favourite_url)
    )
    cards.register_for_groups(
        cards.CardAct(
            key="favourite", order=80, label="Ajouter à un favori", icon="star", url=_group_favourite_url
        )
    )
    panels.register()


def find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """People within reach whose name fits."""
    me = viewer_of(request)
    found = find_people(me.people, words).people[:limit]
    return [
        search.Hit(
            url=reverse("annuaire:person", args=[line.person.uuid]),
            title=line.person.full_name,
            sub=line.sub,
            profile=profile_key(line.person),
            initials=initials(line.person.full_name),
        )
        for line in lines(found, me)
    ]


def find_group(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Groups that one may write to, or is in, whose name fits."""
    found, _ = groups_found(viewer_of(request), words)
    return [
        search.Hit(
            url=reverse("annuaire:group", args=[line.group.uuid]),
            title=line.group.label,
            sub=line.sub,
            profile="group",
            initials=initials(line.group.label),
        )
        for line in found[:limit]
    ]


def place_of(request: HttpRequest) -> place.Place | None:
    """« École des Tilleuls », « 2 écoles »; nothing for whoever has none."""
    if not isinstance(request.user, User):
        return None
    mine = viewer_of(request).own_schools
    if not mine:
        return None
    return place.Place(mine[0].name if len(mine) == 1 else f"{len(mine)} écoles")


def _all_found(request: HttpRequest, words: str) -> str:
    return f"{reverse('annuaire:search')}?{urlencode({'q': words})}"


def _favourite_url(request: HttpRequest, person: User) -> str | None:
    """Anybody within reach but oneself."""
    if request.user == person:
        return None
    return reverse("annuaire:favourite_person", args=[person.uuid])


def _group_favourite_url(request: HttpRequest, group: Group) -> str | None:
    """A group that one may write to, and that shows who is in it unless it is a manual one."""
    kept = groups_for_favourites(viewer_of(request).standpoint).filter(pk=group.pk)
    return reverse("annuaire:favourite_group", args=[group.uuid]) if kept.exists() else None
