"""Pages to print, drawn from a Typst file kept beside its app: `<app>/pdf/<name>.typ`.

The file reads what it is given as `json(bytes(sys.inputs.data))`; nothing of the system's is read, neither
fonts nor files, so that the same data make the same pages everywhere. Typst: https://typst.app/docs/.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno
import typst
from django.apps import apps
from django.utils.safestring import SafeString, mark_safe

# Lexend's upright at two weights, cut from the variable font that the pages use (fontTools): Typst reads
# no variable font.
FONTS = Path(__file__).parent / "fonts"


@cache
def _source(app: str, name: str) -> bytes:
    """Raises FileNotFoundError."""
    return (Path(apps.get_app_config(app).path) / "pdf" / f"{name}.typ").read_bytes()


def draw(app: str, name: str, data: dict[str, Any], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of `<app>/pdf/<name>.typ`, given `data` (what JSON can hold), and `files` that it reads by name:
    pictures, which would fill JSON. Raises FileNotFoundError."""
    with TemporaryDirectory(prefix="cartable-pdf-") as folder:
        drawn: Any = typst.compile(  # type: ignore[misc]
            _laid_out(Path(folder), _source(app, name), files) if files else _source(app, name),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            font_paths=[FONTS],
            ignore_system_fonts=True,
        )
    assert isinstance(drawn, bytes)
    return drawn


def picture(app: str, name: str, data: dict[str, Any]) -> bytes:
    """The same as a picture, PNG, two pixels a point: what a link is told by elsewhere. Raises
    FileNotFoundError."""
    drawn: Any = typst.compile(  # type: ignore[call-overload]
        _source(app, name),
        format="png",
        ppi=144,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[FONTS],
        ignore_system_fonts=True,
    )
    assert isinstance(drawn, bytes)
    return drawn


def _laid_out(folder: Path, source: bytes, files: Mapping[str, bytes]) -> Path:
    """The document beside what it reads, and nothing else of the system's: given in memory, Typst takes all
    files for text."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    main = folder / "main.typ"
    main.write_bytes(source)
    return main


def qr(address: str) -> SafeString:
    """A QR code that leads to an address, as SVG of whatever size it is given, for a page as it is:
    `image(bytes(…), format: "svg")` draws it on paper."""
    return mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308
