"""The bell of the shell: where what is new is told. Its number comes after the page, by `poll`, so that no
page waits for it."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Bell:
    """`url` of what is new; `poll` answers the bell anew, with `count` shown up to `most` and the words read
    for it (« 3 nouveautés non lues »)."""

    url: str
    poll: str
    count: int = 0
    words: str = ""
    most: int = 99

    @property
    def shown(self) -> str:
        return f"{self.most}+" if self.count > self.most else str(self.count)


_names: dict[str, tuple[str, str]] = {}


def serve_at(url_name: str, poll_name: str) -> None:
    """Names the two addresses; without them the shell has no bell. To be called in `ready()`."""
    _names["bell"] = (url_name, poll_name)


def bell() -> Bell | None:
    """The bell without its number; None where no room serves one."""
    if "bell" not in _names:
        return None
    url, poll = _names["bell"]
    return Bell(reverse(url), reverse(poll))
