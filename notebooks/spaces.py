"""Whose files notebooks keep: each kind is one user of the documents' space."""

from documents import spaces
from notebooks import homework_space, liaison_space, memo_space


def register() -> None:
    """To be called in `ready()`."""
    for user in (homework_space.USER, liaison_space.USER, memo_space.USER):
        spaces.register(user)
