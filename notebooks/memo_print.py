"""Cleaned rich text as a tree that a Typst file draws: strings, and nodes `{"t": tag, "c": […]}`."""

from html.parser import HTMLParser
from typing import Any

VOID = {"br", "hr", "img"}


def tree_of(html: str) -> list[Any]:
    """The nodes of a text that `ui.rich_text` cleaned; its pictures are left out."""
    reader = _Tree()
    reader.feed(html)
    reader.close()
    return reader.root


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Any] = []
        self.open: list[dict[str, Any]] = []

    def handle_data(self, data: str) -> None:
        if data.strip() or self.open:
            self._inside().append(data.replace("\n", " "))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            return
        node: dict[str, Any] = {"t": tag, "c": []}
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            node["href"] = given["href"]
        if tag == "ol":
            node["start"] = int(given.get("start") or 1)
        self._inside().append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node["t"] == tag for node in self.open):
            while self.open.pop()["t"] != tag:
                continue

    def _inside(self) -> list[Any]:
        inside: list[Any] = self.open[-1]["c"] if self.open else self.root
        return inside
