"""Small pictures of each format, with a story to take out."""

import struct
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image, PngImagePlugin

STORY = b"12 rue Inventee"
BAND, SKY = (192, 57, 43), (127, 179, 213)


def upright(mode: str = "RGB") -> Image.Image:
    """40 wide, 60 high, a red band on top."""
    picture = Image.new(mode, (40, 60), SKY)
    picture.paste(BAND, (0, 0, 40, 20))
    return picture


def exif(lying: int = 6) -> Image.Exif:
    told = Image.Exif()
    told[0x0112] = lying
    told[0x8298] = STORY.decode()
    told.get_ifd(0x8825).update({1: "N", 2: (50.0, 37.0, 44.0)})
    return told


def made(kind: str, *, lying: int = 6, mode: str = "RGB", **options: object) -> bytes:
    """A picture of Pillow's format `kind`, stored as Exif's orientation 1 or 6 says, with place and owner."""
    stored = upright(mode) if lying == 1 else upright(mode).transpose(Image.Transpose.ROTATE_90)
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("Author", STORY.decode())
        options["pnginfo"] = text
    if kind == "GIF":
        options["comment"] = STORY
    else:
        options["exif"] = exif(lying)
    pillow_heif.register_heif_opener()
    written = BytesIO()
    stored.save(written, kind, **options)
    return written.getvalue()


def top_and_bottom(data: bytes | Image.Image) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours of a picture's first and last rows, as whoever knows nothing of Exif sees them."""
    picture = data if isinstance(data, Image.Image) else Image.open(BytesIO(data))
    shown = picture.convert("RGB")
    middle = shown.width // 2
    return shown.getpixel((middle, 2)), shown.getpixel((middle, shown.height - 3))


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims so many pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = [
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in (header, data, b"IEND")
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def page(*, width: int = 200, height: int = 300) -> bytes:
    """A PDF of one page, red on top."""
    drawn = Image.new("RGB", (width, height), "white")
    drawn.paste(BAND, (0, 0, width, height // 3))
    written = BytesIO()
    drawn.save(written, "PDF")
    return written.getvalue()
