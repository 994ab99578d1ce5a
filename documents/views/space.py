"""« Libérer de l’espace »: where the space of a person goes, and what each step would free."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents import spaces
from documents.enums import Step
from documents.looks import FAMILIES, look_of
from documents.services.space import Freed, Space, free_space
from documents.views.lists import lines
from documents.views.requests import is_pupil, person_of
from sharing.enums import Role
from ui.french import unbroken

PICTURE = 1000  # units across the picture


@dataclass(frozen=True, slots=True)
class Slice:
    """One family of the picture: `share` in percent, `x` and `width` in its units."""

    label: str
    icon: str
    cover: str
    size: int
    count: int
    share: float
    x: int
    width: int


@require_safe
def space(request: HttpRequest) -> HttpResponse:
    """The picture, the lists of what weighs, the steps."""
    told = free_space(person_of(request))
    home = "Mes documents" if is_pupil(request) else "Espace documentaire"
    context = {
        "trail": ((home, reverse("documents:index")),),
        "quota": told.quota,
        "slices": _slices(told),
        "lists": _lists(request, told),
        "steps": [told_of(request, freed) for freed in told.steps],
        "former": told.former,
    }
    return render(request, "documents/space.html", context)


def _slices(told: Space) -> list[Slice]:
    """What each family weighs, the heaviest first, then what waits in the trash."""
    weights: dict[str, list[int]] = {}
    for share in told.shares:
        family = weights.setdefault(look_of(share.media_type).family, [0, 0])
        family[0] += share.size
        family[1] += share.count
    drawn: list[tuple[str, str, str, int, int]] = [
        (label, icon, cover, weights[key][0], weights[key][1])
        for key, label, icon, cover in FAMILIES
        if key in weights
    ]
    drawn.sort(key=lambda each: -each[3])
    if told.trash:
        drawn.append(("Corbeille", "trash", "coral", told.trash, 0))
    total = sum(each[3] for each in drawn)
    slices, x = [], 0
    for label, icon, cover, size, count in drawn:
        width = round(PICTURE * size / total) if total else 0
        share_of = round(100 * size / total, 1) if total else 0.0
        slices.append(Slice(label, icon, cover, size, count, share_of, x, width))
        x += width
    return slices


def _lists(request: HttpRequest, told: Space) -> list[dict[str, Any]]:
    """The largest, the oldest, and the same content held twice. Lines of all three are read together."""
    twins = [file for group in told.duplicates for file in group]
    shown = {file.pk: file.resource for file in [*told.largest, *told.oldest, *twins]}
    for resource in shown.values():
        resource.my_role = Role.MANAGE  # type: ignore[attr-defined]  # all are the person's own
    drawn = {line.resource.pk: line for line in lines(request, shown.values())}
    same = "tes" if is_pupil(request) else "vos"
    return [
        {"key": key, "title": title, "words": words, "lines": [drawn[file.pk] for file in found]}
        for key, title, words, found in (
            ("grands", "Les plus lourds", "", told.largest),
            ("anciens", "Les plus anciens", "", told.oldest),
            ("doubles", "En double", f"Le même contenu, plusieurs fois dans {same} documents.", twins),
        )
    ]


# Title, words, words to a pupil, the page that does it, its button.
_STEPS = {
    Step.MESSAGES: (
        "Messages",
        "Effacez les messages reçus et envoyés qui ne servent plus.",
        "J’efface les messages qui ne servent plus.",
        "",
        "Voir les messages",
    ),
    Step.MESSAGES_TRASH: (
        "Corbeille des messages",
        "Supprimez-y définitivement ce qui s’y trouve.",
        "Je supprime ce qui est dans la corbeille des messages.",
        "",
        "Ouvrir la corbeille des messages",
    ),
    Step.FILES: (
        "Documents",
        "Mettez à la corbeille les fichiers qui ne servent plus, de tous les dossiers et des applis.",
        "Je mets à la corbeille les fichiers qui ne servent plus.",
        "documents:index",
        "Voir les documents",
    ),
    Step.TRASH: (
        "Corbeille des documents",
        "Supprimez-y définitivement ce qui s’y trouve : c’est là que la place se libère.",
        "Je supprime ce qui est dans la corbeille : cela fait de la place.",
        "documents:trashed",
        "Ouvrir la corbeille",
    ),
}


def told_of(request: HttpRequest, freed: Freed) -> dict[str, Any]:
    """One of the guide's steps, with what it would free, in bytes."""
    title, words, pupil_words, page, button = _STEPS[freed.step]
    page = page or spaces.page_of(freed.step)
    return {
        "title": title,
        "words": unbroken(pupil_words if is_pupil(request) else words),
        "frees": freed.size,
        "url": reverse(page) if page else "",
        "button": button,
    }
