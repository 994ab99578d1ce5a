"""The notebooks as sharing knows them: one kind of resource each."""

from notebooks import homework_kind, liaison_kind, memo_kind
from sharing import kinds


def register() -> None:
    """To be called in `ready()`."""
    for kind in (homework_kind.KIND, liaison_kind.KIND, memo_kind.KIND):
        kinds.register(kind)
