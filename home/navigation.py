"""What the first page registers in the shell: its door, that of the notice board, its search."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from core.text import fold
from home.querysets import in_order, notices_visible_to
from sharing.reaching import reach_in
from ui import navigation, rich_text, search, tiles


def register() -> None:
    """To be called in `ready()`."""
    navigation.register(
        navigation.Entry(
            key="home",
            order=0,
            label="Accueil",
            icon="home",
            url_name="home:index",
            bar=True,
            cover="coral",
        )
    )
    navigation.register(
        navigation.Entry(
            key="notices",
            order=15,
            label="Actualités",
            icon="speakerphone",
            url_name="notices:index",
            cover="coral",
        )
    )
    search.serve_at("home:search")
    tiles.register(
        tiles.Tile(
            key="search",
            order=95,
            label="Chercher",
            drawing="bird",
            cover="slate",
            url=lambda request: reverse("home:search"),
        )
    )
    navigation.register(
        navigation.Entry(
            key="apps",
            order=790,
            label="Mes applis",
            icon="apps",
            url_name="home:apps",
        )
    )
    search.register(search.Provider(key="notices", order=50, label="Actualités", search=_find))


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Notices that stand for this person whose title or text holds every word: a few dozen at most."""
    asked = fold(words).split()
    found = [
        notice
        for notice in in_order(notices_visible_to(reach_in(request)))[:200]
        if all(word in fold(f"{notice.title} {rich_text.plain(notice.body)}") for word in asked)
    ]
    return [
        search.Hit(
            url=reverse("notices:notice", args=[notice.uuid]),
            title=notice.title,
            sub=notice.school.name,
            icon="speakerphone",
            cover="coral",
        )
        for notice in found[:limit]
    ]
