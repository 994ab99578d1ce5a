"""What of one's productions others read, kind by kind: what would pass on, were the account deleted today."""

from django.db.models import Count

from accounts import left_behind
from accounts.left_behind import LeftThings
from accounts.models import User
from sharing import kinds
from sharing.fates import heirs_of
from sharing.models import Resource
from ui.french import counted


def register() -> None:
    """Called by `ready()`."""
    left_behind.register("sharing", told)


def told(person: User) -> list[LeftThings]:
    """By the rule of the fate itself. Five queries, whatever is left."""
    read = [row["id"] for row in heirs_of([person.pk])]
    rows = Resource.objects.filter(pk__in=read).order_by().values_list("kind")
    numbers = dict(rows.annotate(number=Count("pk")))
    return [
        LeftThings(kind.app_label, kind.key, numbers[kind.key], _words(numbers[kind.key], kind.label))
        for kind in kinds.all_kinds()
        if kind.key in numbers
    ]


def _words(number: int, label: str) -> str:
    """« 2 cahiers de textes »: the first word alone agrees."""
    first, _, rest = label.partition(" ")
    return counted(number, label, f"{first}s {rest}".strip())
