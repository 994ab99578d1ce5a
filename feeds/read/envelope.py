"""The envelope that AAF sets share: `ficAlimMENESR/addRequest`, streamed in bounded memory.

Nothing is expanded, fetched or kept: each record is handed over, then dropped. What is not an
envelope of complete records refuses the set, with file and physical line.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from feeds.read.codes import SetCode
from feeds.read.errors import UnreadableSet
from feeds.read.fileset import difference_set
from feeds.read.prolog import HEAD, ROOT, read_prolog

#: Bytes between two records past which a file is refused: a pupil's record takes about 2,000.
LONGEST_RECORD = 1 << 20
#: Above this line libxml2 keeps lines on texts only.
_LINES_KEPT = 65_535
_C1 = bytes(range(0x80, 0xA0))
_NOT_C1 = bytes(set(range(256)) - set(_C1))
_LATIN = ("iso-8859-", "latin")
_REQUESTS = ("addRequest", "modifyRequest", "deleteRequest")
_SEND_AGAIN = "Demandez à nouveau l’extraction, puis renvoyez l’ensemble sans l’avoir ouvert ni enregistré."


def records(path: Path, *, name: str) -> Iterator[Any]:
    """Each `addRequest` element in turn, valid until the next is asked for. Raises UnreadableSet."""
    with path.open("rb") as file:
        prolog = read_prolog(file.read(HEAD), name=name)
        file.seek(0)
        source = _Source(file, name=name, encoding=prolog.encoding)
        parsing = etree.iterparse(
            source,
            tag=_REQUESTS,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        root: Any = None
        try:
            for _, element in parsing:
                if element.tag != "addRequest":
                    raise difference_set(name, record_line(element))
                source.since_record = 0
                if root is None:
                    root = _root_of(element, name)
                elif element.getparent() is not root:
                    raise unexpected(name, element)
                yield element
                element.clear()
                _drop_before(element, root, name)
        except etree.XMLSyntaxError as error:
            raise _broken(parsing.error_log, error, name=name, cut=_is_cut(path)) from error
        if parsing.root is not None:
            for stranger in parsing.root:
                if stranger.tag not in _REQUESTS:
                    raise unexpected(name, stranger)
        source.check_encoding()


def _root_of(element: Any, name: str) -> Any:
    root = element.getparent()
    if root is None or root.getparent() is not None:
        raise unexpected(name, element)
    return root


def record_line(element: Any) -> int:
    """The physical line of an element's start tag, right beyond 65,535 too.

    There libxml2 answers the line of the element's first text, as it stands at the end of that text.
    """
    line = element.sourceline or 0
    if line < _LINES_KEPT:
        return line
    node = element
    while not node.text and len(node):
        node = node[0]
    return line - (node.text or "").count("\n")


def unexpected(name: str, element: Any) -> UnreadableSet:
    """An element where the format has none: too deep to be a record, or not of an envelope."""
    line = record_line(element)
    tag = str(element.tag)[:40] if isinstance(element.tag, str) else "&…;"
    if not isinstance(element.tag, str):
        return UnreadableSet(
            SetCode.XML_ENTITY,
            f"« {name} », ligne {line} : une entité XML ({str(element)[:40]}) n’est pas de celles du format, elle "
            "n’est jamais développée.",
            remedy=_SEND_AGAIN,
            file=name,
            line=line,
        )
    if _depth(element) > 20:
        return _too_deep(name, line)
    return UnreadableSet(
        SetCode.UNEXPECTED_ELEMENT,
        f"« {name} », ligne {line} : l’élément <{tag}> n’a pas la forme d’une fiche.",
        remedy=_SEND_AGAIN,
        file=name,
        line=line,
    )


def _depth(element: Any) -> int:
    """How deep the tree goes through this element, counted from the root."""
    above = sum(1 for _ in element.iterancestors()) + 1
    below, level = 0, [element]
    while level := [child for node in level for child in node]:
        below += 1
    return above + below


def _drop_before(element: Any, root: Any, name: str) -> None:
    while (before := element.getprevious()) is not None:
        if before.tag not in _REQUESTS:
            raise unexpected(name, before)
        root.remove(before)


class _Source:
    """A file for the parser, that counts bytes between records and hears what the bytes say of encoding."""

    def __init__(self, file: IO[bytes], *, name: str, encoding: str) -> None:
        self.file = file
        self.name = name
        self.encoding = encoding
        self.since_record = 0
        self._line = 1
        self._latin = encoding.startswith(_LATIN)
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._first_utf8 = self._first_c1 = 0

    def read(self, size: int) -> bytes:
        chunk = self.file.read(size)
        self.since_record += len(chunk)
        if self.since_record > LONGEST_RECORD:
            raise UnreadableSet(
                SetCode.XML_TOO_BIG,
                f"« {self.name} » : une fiche de plus de {LONGEST_RECORD >> 20} Mo, ce n’est pas une alimentation.",
                remedy=_SEND_AGAIN,
                file=self.name,
            )
        if self._latin:
            self._listen(chunk)
        return chunk

    def _listen(self, chunk: bytes) -> None:
        """In ISO-8859 every byte is legal: what gives a lie away is all of it being UTF-8, or control bytes."""
        if not chunk.isascii():
            if not self._first_c1 and (controls := chunk.translate(None, _NOT_C1)):
                self._first_c1 = self._line + chunk.count(b"\n", 0, chunk.index(controls[:1]))
            if self._utf8 is not None:
                try:
                    text = self._utf8.decode(chunk)
                except UnicodeDecodeError:
                    self._utf8, self._first_utf8 = None, 0
                else:
                    if not self._first_utf8:
                        ahead = next((at for at, c in enumerate(text) if c > "\x7f"), 0)
                        self._first_utf8 = self._line + text.count("\n", 0, ahead)
        elif self._utf8 is not None:
            try:
                self._utf8.decode(chunk)
            except UnicodeDecodeError:
                self._utf8, self._first_utf8 = None, 0
        self._line += chunk.count(b"\n")

    def check_encoding(self) -> None:
        """Once all is read. Raises UnreadableSet."""
        if self._utf8 is not None and self._first_utf8:
            raise _encoding_lies(
                self.name, self._first_utf8, f"déclare {self.encoding.upper()} mais est en UTF-8"
            )
        if self._first_c1:
            raise _encoding_lies(
                self.name,
                self._first_c1,
                f"déclare {self.encoding.upper()} mais contient des octets de Windows-1252",
            )


def _encoding_lies(name: str, line: int, what: str) -> UnreadableSet:
    return UnreadableSet(
        SetCode.ENCODING_LIES,
        f"« {name} » {what} (ligne {line}) : les noms accentués seraient faux.",
        remedy=_SEND_AGAIN,
        file=name,
        line=line,
    )


def _too_deep(name: str, line: int) -> UnreadableSet:
    return UnreadableSet(
        SetCode.XML_TOO_DEEP,
        f"« {name} », ligne {line} : trop d’éléments emboîtés, ce n’est pas une alimentation.",
        remedy=_SEND_AGAIN,
        file=name,
        line=line,
    )


def _is_cut(path: Path) -> bool:
    """Does the file end without the root's end tag?"""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        return b"</" + ROOT.encode("ascii") not in file.read()


def _broken(log: Any, error: etree.XMLSyntaxError, *, name: str, cut: bool) -> UnreadableSet:
    """The parser's first complaint as a sentence of ours."""
    first = log[0] if len(log) else None
    code, line, said = (
        (first.type, first.line, first.message)
        if first is not None
        else (error.code, error.lineno, str(error))
    )
    line = line or 1
    kind = etree.ErrorTypes
    if (
        code in (kind.ERR_INVALID_ENCODING, kind.ERR_UNKNOWN_ENCODING, kind.I18N_CONV_FAILED)
        or "encoding" in said
    ):
        return _encoding_lies(name, line, "contient des octets qui contredisent son encodage")
    if "depth" in said.lower():
        return _too_deep(name, line)
    if code in (kind.ERR_UNDECLARED_ENTITY, kind.WAR_UNDECLARED_ENTITY, kind.ERR_ENTITY_LOOP):
        found, what = SetCode.XML_ENTITY, "une entité XML n’est pas de celles du format"
    elif "huge" in said.lower() or code == kind.ERR_NAME_TOO_LONG:
        found, what = SetCode.XML_TOO_BIG, "un texte est bien trop long pour une fiche"
    elif cut:
        found, what = SetCode.XML_CUT, "le fichier est coupé avant sa fin"
    elif code == kind.ERR_INVALID_CHAR:
        found, what = SetCode.XML_BROKEN, "un caractère est interdit en XML"
    else:
        found, what = SetCode.XML_BROKEN, "le XML est mal formé"
    return UnreadableSet(
        found,
        f"« {name} », ligne {line} : {what}.",
        remedy=_SEND_AGAIN,
        file=name,
        line=line,
        detail=said[:200],
    )
