"""How far a long act is: told by services, shown by a terminal, a page or nobody."""

from typing import Protocol


class Progress(Protocol):
    """What a long service takes as `progress=`; every method is cheap enough to call per batch."""

    def step(self, label: str, total: int | None = None) -> None:
        """A new step begins: its French label, and its length where known."""

    def advance(self, count: int = 1) -> None:
        """`count` more of the step's items are done. May raise `Cancelled`."""


class Silent:
    """Told to nobody."""

    def step(self, label: str, total: int | None = None) -> None:
        return

    def advance(self, count: int = 1) -> None:
        return


SILENT = Silent()
