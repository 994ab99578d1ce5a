"""What one shared, for one's archive: each thing of one's own, with whom, and with what right."""

from itertools import batched

from accounts import takeout
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import Chapter, Line, write_list
from sharing import kinds
from sharing.enums import Role
from sharing.models import Grant, Resource
from ui.french import day_year

BATCH = 500


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="sharing",
            order=80,
            folder="Partages",
            title="Ce que j’ai partagé",
            hint="La liste de mes partages\u00a0: avec qui, et avec quel droit.",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """A page, by application; two queries for so many things."""
    labels = {kind.key: kind.app_label for kind in kinds.all_kinds()}
    chapters: dict[str, Chapter] = {}
    shared = Resource.objects.filter(owner=person, trashed_at__isnull=True, grants__isnull=False).distinct()
    for batch in batched(shared.order_by("kind", "title", "pk").iterator(chunk_size=BATCH), BATCH):
        with_whom = _grants_on([each.pk for each in batch])
        for each in batch:
            app = labels.get(each.kind, "Autres")
            sub = "\u00a0; ".join(with_whom[each.pk])
            chapters.setdefault(app, Chapter(app)).lines.append(Line(each.title, sub=sub))
    if chapters:
        place = shelf.place("index.html")
        write_list(shelf, place, title=shelf.part.title, chapters=list(chapters.values()))


def _grants_on(resources: list[int]) -> dict[int, list[str]]:
    """« Salomé Morel (Consulter, 3 octobre 2026) », by the thing's key."""
    found: dict[int, list[str]] = {key: [] for key in resources}
    grants = Grant.objects.filter(resource__in=resources)
    for each in grants.select_related("person", "group__school", "group__school_class").order_by("pk"):
        who = each.person.full_name if each.person else each.group.label if each.group else ""
        found[each.resource_id].append(f"{who} ({Role(each.role).label}, {day_year(each.given_at)})")
    return found
