"""Our drawings as pictures of their own, for what is printed: pages use the sprite (`{% drawing %}`)."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "static" / "ui"
_TONE = re.compile(r"--g-([a-z]+): (#[0-9a-f]{6})")


@cache
def svg_of(name: str) -> str:
    """A drawing whole, in the tones of paper. Raises KeyError for one that we do not have."""
    found = re.search(
        rf'<symbol id="d-{re.escape(name)}" viewBox="([^"]+)">(.*?)</symbol>', _sprite(), re.DOTALL
    )
    if found is None:
        raise KeyError(name)
    view, shapes = found.groups()
    drawn = re.sub(r"var\(--g-([a-z]+)\)", lambda tone: _tones()[tone[1]], shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{drawn}</svg>'


@cache
def _sprite() -> str:
    return (_FOLDER / "icons.svg").read_text()


@cache
def _tones() -> dict[str, str]:
    """Those of the light theme, which the sheet of tokens states first."""
    tones: dict[str, str] = {}
    for name, value in _TONE.findall((_FOLDER / "tokens.css").read_text()):
        tones.setdefault(name, value)
    return tones
