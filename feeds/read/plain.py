"""Records written plainly, cut out by strict patterns: a quarter of the time that a tree of each takes.

What these patterns accept is an AAF envelope in UTF-8, well-formed by construction, with nothing in it but
records, values and the five entities of XML. At anything else, were it legal, `NotPlain` is raised and
`feeds.read.envelope` reads the file: it alone says what is wrong with one, and where.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from feeds.read.prolog import HEAD, ROOT, read_prolog

#: Characters read at once, and those without an end of record after which the file is left to the tree.
CHUNK = 1 << 18
LONGEST = 1 << 19

_SPACE = r"[ \t\r\n]*+"
_CHARACTER = r"[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]*+"
_TEXT = rf"{_CHARACTER}(?:&(?:amp|lt|gt|quot|apos);{_CHARACTER})*+"
_VALUES = rf"(?:<value>{_TEXT}</value>{_SPACE}|<value/>{_SPACE})*+"
_ATTR = rf'<attr name="[A-Za-z0-9]++">{_SPACE}{_VALUES}</attr>{_SPACE}'
_COMMENTS = rf"(?:<!--(?:-?[^-<>&\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff])*+-->{_SPACE})*+"
_START = re.compile(
    r"\ufeff?"
    r'(?:<\?xml version="1\.0"(?: encoding="[A-Za-z0-9._-]++")?(?: standalone="(?:yes|no)")? ?\?>)?'
    rf'{_SPACE}(?:<!DOCTYPE {ROOT}(?: SYSTEM "[A-Za-z0-9_.-]++")?>)?{_SPACE}{_COMMENTS}<{ROOT}>{_SPACE}{_COMMENTS}'
)
_RECORD = re.compile(
    rf"{_SPACE}()<addRequest>{_SPACE}"
    rf'<operationalAttributes>{_SPACE}<attr name="[A-Za-z0-9]++">{_SPACE}<value>({_TEXT})</value>{_SPACE}</attr>'
    rf"{_SPACE}</operationalAttributes>{_SPACE}"
    rf"<identifier>{_SPACE}(?:<id>({_TEXT})</id>|<id/>){_SPACE}</identifier>{_SPACE}"
    rf"<attributes>{_SPACE}((?:{_ATTR})*+)</attributes>{_SPACE}</addRequest>"
)
_END = re.compile(rf"{_SPACE}</{ROOT}>{_SPACE}{_COMMENTS}")
_VALUE = re.compile(r"<value>([^<]*+)</value>|<value/>")
_OPEN, _ONE_ENDS, _EMPTY = "<value>", "</value></attr>", "<value/></attr>"


class NotPlain(Exception):
    """The file is not, from here on, made of plain records alone."""


class PlainRecord:
    """One record: its `line`, what it says it is, its identifier, and its attributes as they are written."""

    __slots__ = ("_attributes", "_before", "category", "identifier", "line")

    def __init__(self, line: int, found: re.Match[str]) -> None:
        self.line = line
        self.category = _open_entities(found[2]).strip()
        self.identifier = _open_entities(found[3] or "").strip()
        self._attributes = found[4]
        self._before = found

    def values(self, table: Mapping[str, str], unknown: dict[str, int]) -> dict[str, Any]:
        """Our fields' raw texts: one, or a list where the table says many; `unknown` hears other names' lines."""
        values: dict[str, Any] = {}
        for written in self._attributes.split('<attr name="')[1:]:
            said, content = written.split('">', 1)
            field = table.get(said)
            if not field:
                if field is None and said not in unknown and not is_date_twin(said, table):
                    unknown[said] = self._line_of(said)
            elif field[-1] == "*":
                values.setdefault(field[:-1], []).extend(_texts(content))
            elif field not in values and not content.startswith(_EMPTY):
                end = content.find("<", len(_OPEN))
                one = content.startswith(_OPEN) and content.startswith(_ONE_ENDS, end)
                if text := content[len(_OPEN) : end] if one else _first_told(content):
                    if "&" in text:
                        text = _open_entities(text)
                    if not text.isspace():
                        values[field] = text
        return values

    def _line_of(self, said: str) -> int:
        found = self._before
        at = found.start(4) + self._attributes.index(f'<attr name="{said}">')
        return self.line + found.string.count("\n", found.start(1), at)


def records(path: Path, *, name: str) -> Iterator[PlainRecord]:
    """Each record in turn. Raises `NotPlain`, and UnreadableSet where the first bytes refuse the file."""
    with path.open("rb") as file:
        if read_prolog(file.read(HEAD), name=name).encoding != "utf-8":
            raise NotPlain
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        text, line, started, ended = "", 1, False, False
        while not ended:
            chunk = file.read(CHUNK)
            ended = not chunk
            try:
                text += decoder.decode(chunk, final=ended)
            except UnicodeDecodeError:
                raise NotPlain from None
            at = 0
            if not started:
                if (start := _START.match(text)) is None:
                    raise NotPlain
                started, at = True, start.end()
                line += text.count("\n", 0, at)
            while (found := _RECORD.match(text, at)) is not None:
                opens, closes = found.span(1)[0], found.end()
                line += text.count("\n", at, opens)
                yield PlainRecord(line, found)
                line += text.count("\n", opens, closes)
                at = closes
            text = text[at:]
            if len(text) > LONGEST or "</addRequest>" in text:
                raise NotPlain
        if _END.fullmatch(text) is None:
            raise NotPlain


def is_date_twin(said: str, table: Mapping[str, str]) -> bool:
    """Staff attributes come each with a `…Date` twin."""
    return said.endswith("Date") and said.removesuffix("Date") in table


def _texts(content: str) -> list[str]:
    end = content.find("<", len(_OPEN))
    if content.startswith(_ONE_ENDS, end) and content.startswith(_OPEN):
        return [_open_entities(content[len(_OPEN) : end])]
    return [_open_entities(text) for text in _VALUE.findall(content)]


def _first_told(content: str) -> str:
    """The first value with a text, '' when there is none."""
    return next((text for text in _texts(content) if text and not text.isspace()), "")


def _open_entities(text: str) -> str:
    if "&" not in text:
        return text
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text
