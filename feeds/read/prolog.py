"""The head of an XML file, read as bytes before any parser sees it: encoding, DOCTYPE, root.

Whatever could make a parser fetch or expand something is refused here: a DOCTYPE may name the DTD that
lies beside the file, and nothing else.
"""

import re
from dataclasses import dataclass

from feeds.read.codes import SetCode
from feeds.read.errors import UnreadableSet

ROOT = "ficAlimMENESR"
#: How much of a file may come before its root element.
HEAD = 1 << 20

#: Encodings that a prolog may declare, all of them ASCII's children: no byte of a tag can be hidden.
ENCODINGS = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin1", "latin-1", "latin-9", "windows-1252",
     "cp1252"}
)  # fmt: skip
_DECLARATION = re.compile(rb"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SKIPPED = re.compile(rb"\s+|<!--.*?-->|<\?(?!xml\s).*?\?>", re.DOTALL)
_DOCTYPE = re.compile(rb"""<!DOCTYPE\s+[^\s>\[]+(?:\s+SYSTEM\s+(?:"([^"]*)"|'([^']*)'))?\s*>""")
_BESIDE = re.compile(rb"[\w.-]+\.dtd", re.IGNORECASE)
_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_FORMATS = ((b"%PDF", "un PDF"), (b"PK\x03\x04", "une archive zip (ou un classeur)"), (b"\x1f\x8b", "un fichier gzip"),
            (b"\xd0\xcf\x11\xe0", "un document bureautique"))  # fmt: skip
_SEND_AGAIN = "Demandez à nouveau l’extraction, puis renvoyez l’ensemble sans l’avoir ouvert ni enregistré."


@dataclass(frozen=True, slots=True)
class Prolog:
    """`encoding` as declared, lower case (`utf-8` when nothing is said)."""

    encoding: str


def read_prolog(head: bytes, *, name: str, root: str = ROOT) -> Prolog:
    """What the first bytes of a file say (`HEAD` of them, or the whole file). Raises UnreadableSet."""
    _refuse_other_formats(head, name)
    rest = head.removeprefix(b"\xef\xbb\xbf")
    offset = len(head) - len(rest)
    declaration = _DECLARATION.match(head, offset)
    encoding = "utf-8"
    if declaration is not None:
        offset = declaration.end()
        if stated := _ENCODING.search(declaration[0]):
            encoding = stated[1].decode("ascii").lower()
    if encoding not in ENCODINGS:
        raise UnreadableSet(
            SetCode.ENCODING_UNKNOWN,
            f"« {name} » déclare l’encodage « {encoding} », qui n’est pas de ceux des alimentations.",
            remedy=_SEND_AGAIN,
            file=name,
            line=1,
        )
    offset = _skip(head, offset)
    if head.startswith(b"<!DOCTYPE", offset):
        offset = _skip(head, _doctype(head, offset, name))
    _check_root(head, offset, name=name, root=root)
    return Prolog(encoding)


def _refuse_other_formats(head: bytes, name: str) -> None:
    for magic, what in _FORMATS:
        if head.startswith(magic):
            raise _not_xml(name, f"« {name} » n’est pas un fichier XML : c’est {what}.")
    if not head.strip():
        raise _not_xml(name, f"« {name} » est vide.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:64]:
        raise UnreadableSet(
            SetCode.ENCODING_UNKNOWN,
            f"« {name} » n’est ni en UTF-8 ni en ISO-8859-15.",
            remedy=_SEND_AGAIN,
            file=name,
            line=1,
        )
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise _not_xml(name, f"« {name} » n’est pas un fichier XML.")


def _not_xml(name: str, sentence: str) -> UnreadableSet:
    return UnreadableSet(SetCode.NOT_XML, sentence, remedy=_SEND_AGAIN, file=name, line=1)


def _skip(head: bytes, offset: int) -> int:
    while found := _SKIPPED.match(head, offset):
        offset = found.end()
    return offset


def _doctype(head: bytes, offset: int, name: str) -> int:
    """Where the DOCTYPE ends: it may name a DTD beside the file, never declare or fetch."""
    found = _DOCTYPE.match(head, offset)
    line = head.count(b"\n", 0, offset) + 1
    if found is None and head.find(b">", offset) < 0:
        raise _cut(name, line)
    if found is None:
        inside = head.find(b"[", offset, offset + 4096)
        if 0 <= inside < (head.find(b">", offset) + 1 or len(head)):
            raise UnreadableSet(
                SetCode.XML_ENTITY,
                f"« {name} » déclare ses propres entités (ligne {line}) : elles ne sont jamais développées.",
                remedy=_SEND_AGAIN,
                file=name,
                line=line,
            )
        raise _external(name, line)
    system = found[1] or found[2]
    if system is not None and _BESIDE.fullmatch(system) is None:
        raise _external(name, line)
    return found.end()


def _cut(name: str, line: int) -> UnreadableSet:
    return UnreadableSet(
        SetCode.XML_CUT,
        f"« {name} » s’arrête avant sa première fiche (ligne {line}).",
        remedy=_SEND_AGAIN,
        file=name,
        line=line,
    )


def _external(name: str, line: int) -> UnreadableSet:
    return UnreadableSet(
        SetCode.XML_EXTERNAL_DTD,
        f"« {name} » renvoie à une DTD extérieure (ligne {line}) : rien n’est jamais cherché hors de l’ensemble.",
        remedy=_SEND_AGAIN,
        file=name,
        line=line,
    )


def _check_root(head: bytes, offset: int, *, name: str, root: str) -> None:
    found = _ELEMENT.match(head, offset)
    if found is not None and found[1].decode("ascii", "replace") == root:
        return
    line = head.count(b"\n", 0, offset) + 1
    if found is None and len(head) < HEAD and b">" not in head[offset:]:
        raise _cut(name, line)
    tag = found[1].decode("ascii", "replace")[:40] if found else "?"
    raise UnreadableSet(
        SetCode.WRONG_ROOT,
        f"« {name} » n’est pas une alimentation : il commence par <{tag}> (ligne {line}). Attendu : <{root}>.",
        remedy=_SEND_AGAIN,
        file=name,
        line=line,
    )
