"""Names of files as people gave them: kept as they read, and harmless wherever they are written.

A name is composed (NFC), so that a Mac's and a PC's are one; emoji stay; what steers a terminal, a
header or the direction of reading goes; a path that climbs keeps its last part only, and a slash
that somebody typed is a dash. What is longer than a disk takes is shortened before its ending.
"""

import re
import unicodedata
from collections.abc import Collection

MOST_BYTES = 255
NAMELESS = "sans nom"
_LONGEST_ENDING = 20  # bytes; past it, what follows the dot is no ending
_JOINER = "\u200d"  # between the parts of one emoji
# Marks without a shape that turn the reading round or hide in a name (UAX #9, zero widths).
_UNSEEN = dict.fromkeys(
    [0xAD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_CLIMBS = re.compile(r"(^|[/\\])\.\.?[/\\]|^[A-Za-z]:[/\\]|^[/\\]")
_BLANK = re.compile(r"[\t\r\n\v\f\u0085\u2028\u2029]")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\/]')


def clean_name(name: str) -> str:
    """The name kept for a file sent as `name`: one part, NFC, 255 bytes of UTF-8 at most, never empty."""
    if _CLIMBS.search(name):
        name = re.split(r"[/\\]", name)[-1]
    name = _BLANK.sub(" ", name).translate(_UNSEEN)
    name = "".join(letter for letter in name if unicodedata.category(letter) not in {"Cc", "Cs"})
    name = unicodedata.normalize("NFC", name).replace("/", "-").replace("\\", "-").strip()
    if name in {"", ".", ".."}:
        return NAMELESS
    return shortened(name)


def shortened(name: str, most: int = MOST_BYTES) -> str:
    """`name` in `most` bytes of UTF-8; its ending stays, no letter or emoji is cut in two."""
    if len(name.encode()) <= most:
        return name
    stem, ending = parted(name)
    room = most - len(ending.encode())
    kept = stem.encode()[:room].decode(errors="ignore")
    following = stem[len(kept) :]
    # A mark or a joiner that follows belongs to the letter before: that letter goes whole.
    while kept and following and (_belongs_before(following[0]) or kept[-1] == _JOINER):
        kept, following = kept[:-1], kept[-1] + following
    return (kept.rstrip() or NAMELESS) + ending


def parted(name: str) -> tuple[str, str]:
    """Stem and ending with its dot: `("photo", ".jpg")`; a name that starts with its only dot has none."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not ending or len(ending.encode()) > _LONGEST_ENDING or " " in ending:
        return name, ""
    return stem, dot + ending


def with_ending(name: str, ending: str) -> str:
    """`name` with another ending (`.jpg`), within the limit."""
    return shortened(parted(name)[0] + ending)


def numbered(name: str, taken: Collection[str]) -> str:
    """`name`, or `name (2)` and so on, so that it is not in `taken` (case-folded names)."""
    stem, ending = parted(name)
    tried, number = name, 1
    while tried.casefold() in taken:
        number += 1
        mark = f" ({number}){ending}"
        tried = shortened(stem, MOST_BYTES - len(mark.encode())) + mark
    return tried


def portable_name(name: str) -> str:
    """`name` as every system opens it, Windows too: no device's name, no forbidden sign, no end in a dot."""
    plain = _NOT_ON_WINDOWS.sub("_", name).rstrip(". ") or NAMELESS
    stem = plain.split(".", 1)[0].strip().casefold()
    return shortened(f"_{plain}") if stem in _DEVICES else plain


def _belongs_before(letter: str) -> bool:
    return letter == _JOINER or unicodedata.category(letter) in {"Mn", "Me", "Mc", "Sk"}
