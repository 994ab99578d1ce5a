"""The tabs of the Annuaire, in the words of whoever looks."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from accounts.enums import Profile
from directory.annuaire.viewer import Viewer

CLASS, SCHOOL, FAVOURITES = "class", "school", "favourites"

# Whose page says « ma » and « mon »: a relative's classes are their children's.
OWNERS = frozenset({Profile.TEACHER, Profile.PUPIL})

# « Gérer mes favoris de partage », the guide's words: a phone shows « Mes favoris », and reads out the whole.
MANAGE = {"before": "Gérer", "after": "de partage"}


def tabs_of(me: Viewer, current: str) -> list[dict[str, Any]]:
    """« Ma classe », « Mon école », the favourites; a tab without anything is not shown."""
    classes, schools = me.own_classes, me.own_schools
    own = me.person.profile != Profile.RELATIVE
    tabs = []
    if classes or me.person.profile in {*OWNERS, Profile.RELATIVE}:
        words = (
            ("Mes classes" if own else "Classes") if len(classes) > 1 else ("Ma classe" if own else "Classe")
        )
        tabs.append(_tab(CLASS, words, "annuaire:index", "school", current))
    words = ("Mes écoles" if own else "Écoles") if len(schools) > 1 else ("Mon école" if own else "École")
    if not schools:
        words = "Écoles"
    tabs.append(_tab(SCHOOL, words, "annuaire:schools", "building", current))
    if me.person.profile == Profile.PUPIL:
        tabs.append(_tab(FAVOURITES, "Mes favoris", "annuaire:favourites", "star", current))
    else:
        tabs.append(_tab(FAVOURITES, "mes favoris", "annuaire:favourites", "star", current) | MANAGE)
    return tabs


def _tab(key: str, label: str, url_name: str, icon: str, current: str) -> dict[str, Any]:
    return {"label": label, "url": reverse(url_name), "current": key == current, "icon": icon}


def choices_of(mine: Sequence[Any], shown: Any, url_name: str) -> list[dict[str, Any]]:
    """One link for each of my classes or schools; none where there is no choice."""
    if len(mine) < 2:
        return []
    return [
        {"label": str(each), "url": reverse(url_name, args=[each.uuid]), "current": each.pk == shown.pk}
        for each in mine
    ]
