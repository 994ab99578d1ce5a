"""Pictures drawn for the demo: no photograph of anyone, no file to carry; the same for the same seed."""

from collections.abc import Callable
from io import BytesIO
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1200)
type Ink = tuple[int, int, int]
type Canvas = ImageDraw.ImageDraw

SKIES: tuple[tuple[Ink, Ink], ...] = (
    ((126, 192, 238), (233, 246, 255)),
    ((255, 183, 120), (255, 240, 214)),
    ((92, 120, 190), (214, 226, 250)),
    ((163, 216, 205), (240, 252, 244)),
)
LEAVES: tuple[Ink, ...] = ((86, 142, 76), (120, 168, 82), (62, 118, 88), (201, 122, 56), (222, 160, 62))
WALLS: tuple[Ink, ...] = ((244, 214, 168), (235, 196, 190), (214, 222, 235), (250, 236, 200))
ROOFS: tuple[Ink, ...] = ((188, 84, 62), (150, 74, 70), (104, 90, 120))
PETALS: tuple[Ink, ...] = ((236, 96, 120), (250, 186, 62), (148, 112, 206), (246, 246, 250), (238, 128, 72))


def jpeg(subject: str, seed: int) -> bytes:
    """A picture of a subject of `SUBJECTS`, as a camera would have kept it."""
    chance = Random(f"{subject} {seed}")  # noqa: S311  a picture, not a secret
    image = _sky(chance)
    SUBJECTS[subject](ImageDraw.Draw(image), chance)
    out = BytesIO()
    image.filter(ImageFilter.SMOOTH).save(out, "JPEG", quality=84)
    return out.getvalue()


def badge(seed: int) -> bytes:
    """A school's mark, on nothing: its roof and its sun in a round."""
    chance = Random(f"badge {seed}")  # noqa: S311  a picture, not a secret
    side = 480
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, side - 8, side - 8), fill=chance.choice(SKIES)[1], outline=(52, 78, 92), width=14)
    draw.ellipse((300, 84, 378, 162), fill=(250, 200, 70))
    draw.rectangle((140, 226, 340, 372), fill=chance.choice(WALLS), outline=(52, 78, 92), width=8)
    draw.polygon([(110, 230), (240, 130), (370, 230)], fill=chance.choice(ROOFS))
    draw.rectangle((214, 292, 266, 372), fill=(108, 84, 92))
    for x in (166, 284):
        draw.rectangle((x, 256, x + 32, 296), fill=(178, 212, 232))
    draw.arc((60, 300, 420, 440), 10, 170, fill=chance.choice(LEAVES), width=22)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _sky(chance: Random) -> Image.Image:
    high, low = chance.choice(SKIES)
    column = Image.new("RGB", (1, SIZE[1]))
    for y in range(SIZE[1]):
        part = min(1.0, y / (SIZE[1] * 0.75))
        column.putpixel((0, y), tuple(round(a + (b - a) * part) for a, b in zip(high, low, strict=True)))
    return column.resize(SIZE)


def _ground(draw: Canvas, chance: Random, height: float = 0.72) -> int:
    """Hills, then grass; answers where the grass begins, in pixels."""
    width, tall = SIZE
    for step, tint in enumerate(((168, 196, 150), (140, 178, 120))):
        base = tall * (height - 0.12 + step * 0.06)
        bump, shift = chance.uniform(40, 90), chance.uniform(0, 6)
        crest = [(x, base - bump * sin(x / 260 + shift)) for x in range(0, width + 20, 20)]
        draw.polygon([*crest, (width, tall), (0, tall)], fill=tint)
    draw.rectangle((0, tall * height, width, tall), fill=(112, 160, 84))
    return round(tall * height)


def _tree(draw: Canvas, x: float, foot: float, size: float, chance: Random) -> None:
    draw.rectangle((x - size * 0.08, foot - size, x + size * 0.08, foot), fill=(112, 82, 60))
    leaf = chance.choice(LEAVES)
    for _ in range(9):
        cx, cy = x + chance.uniform(-0.4, 0.4) * size, foot - size * chance.uniform(0.8, 1.5)
        r = size * chance.uniform(0.22, 0.38)
        tint = tuple(max(0, min(255, part + chance.randint(-14, 14))) for part in leaf)
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=tint)


def _flower(draw: Canvas, x: float, foot: float, size: float, chance: Random) -> None:
    draw.line((x, foot, x, foot - size * 2.2), fill=(74, 122, 62), width=max(3, round(size / 9)))
    petal = chance.choice(PETALS)
    for turn in range(7):
        px = x + cos(turn * 2 * pi / 7) * size * 0.55
        py = foot - size * 2.2 + sin(turn * 2 * pi / 7) * size * 0.55
        draw.ellipse((px - size * 0.36, py - size * 0.36, px + size * 0.36, py + size * 0.36), fill=petal)
    middle = foot - size * 2.2
    draw.ellipse(
        (x - size * 0.3, middle - size * 0.3, x + size * 0.3, middle + size * 0.3), fill=(252, 212, 92)
    )


def _garden(draw: Canvas, chance: Random) -> None:
    grass = _ground(draw, chance)
    _tree(draw, chance.uniform(200, 500), grass + 60, 260, chance)
    for x in range(120, SIZE[0], 150):
        _flower(draw, x + chance.uniform(-40, 40), chance.uniform(grass + 190, SIZE[1] - 30), 60, chance)


def _school(draw: Canvas, chance: Random) -> None:
    grass = _ground(draw, chance)
    left, right, top = 380, 1220, grass - 330
    draw.rectangle((left, top, right, grass + 40), fill=chance.choice(WALLS))
    draw.polygon([(left - 50, top), (right + 50, top), (800, top - 190)], fill=chance.choice(ROOFS))
    for row in range(2):
        for column in range(5):
            x, y = left + 60 + column * 152, top + 50 + row * 150
            draw.rectangle((x, y, x + 96, y + 96), fill=(178, 212, 232), outline=(255, 255, 255), width=8)
    draw.rectangle((755, grass - 90, 845, grass + 40), fill=(108, 84, 92))
    for x in (170, 1430):
        _tree(draw, x, grass + 50, 220, chance)


def _forest(draw: Canvas, chance: Random) -> None:
    grass = _ground(draw, chance, 0.66)
    for depth in range(3):
        for _ in range(6):
            _tree(draw, chance.uniform(0, SIZE[0]), grass + 60 + depth * 110, 170 + depth * 70, chance)


def _sea(draw: Canvas, chance: Random) -> None:
    width, tall = SIZE
    for line in range(8):
        y = tall * 0.55 + line * 70
        crest = [(x, y + 12 * sin(x / 90 + line)) for x in range(0, width + 20, 20)]
        draw.polygon([*crest, (width, tall), (0, tall)], fill=(70 + line * 9, 140 + line * 8, 190 + line * 5))
    x, y = chance.uniform(500, 1000), tall * 0.56
    draw.polygon([(x - 150, y), (x + 150, y), (x + 95, y + 70), (x - 95, y + 70)], fill=(150, 74, 62))
    draw.polygon([(x, y - 20), (x, y - 300), (x + 160, y - 20)], fill=(250, 244, 232))
    draw.polygon([(x - 10, y - 20), (x - 10, y - 240), (x - 120, y - 20)], fill=chance.choice(PETALS))
    draw.ellipse((1240, 130, 1400, 290), fill=(255, 222, 120))


SUBJECTS: dict[str, Callable[[Canvas, Random], None]] = {
    "garden": _garden,
    "school": _school,
    "forest": _forest,
    "sea": _sea,
}
