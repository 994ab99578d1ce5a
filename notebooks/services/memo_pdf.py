"""A cahier mémo on paper: its pages with their pictures; sounds and films are named."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.pdf import draw
from core.progress import SILENT, Progress
from core.storage import images
from core.storage import services as storage
from core.storage.models import Blob
from documents.models import File
from documents.pieces import Piece
from notebooks.memo_enums import BlockKind
from notebooks.memo_errors import NoSuchMemo
from notebooks.memo_print import tree_of
from notebooks.memo_reading import blocks_of, books_seen, covers_of, files_of, pages_to_read
from notebooks.memo_rules import host_of
from notebooks.models import MemoBlock
from sharing.models import Resource
from ui import drawings
from ui.french import day_year

# More pictures are drawn by a job.
AT_ONCE = 24
WIDEST, TALLEST = 166.0, 150.0  # millimetres of a picture on its page
LARGEST = 1400  # pixels of a picture's longer side
# The colours of paper covers, as the look's light theme has them: solid, soft.
TONES = {
    "violet": ("#8c67d4", "#eee7fb"),
    "blue": ("#3b78d8", "#e3edfb"),
    "teal": ("#22999f", "#dbf2f2"),
    "green": ("#35a274", "#dff2e8"),
    "yellow": ("#f9c433", "#fff2cb"),
    "orange": ("#f1943f", "#ffead4"),
    "coral": ("#ec6f57", "#fde8e2"),
}


def is_long(book: Resource) -> bool:
    """Whether a book is better drawn by a job. One query."""
    blocks = MemoBlock.objects.filter(
        page__book=book.pk, page__removed_at__isnull=True, removed_at__isnull=True, kind=BlockKind.PICTURE
    )
    return blocks.count() > AT_ONCE


def draw_book(*, by: User, book: Resource, progress: Progress = SILENT) -> bytes:
    """The PDF of a book that `by` sees. Raises NoSuchMemo."""
    seen = books_seen(by).filter(pk=book.pk, trashed_at__isnull=True).first()
    if seen is None:
        raise NoSuchMemo()
    pages = list(pages_to_read(seen))
    blocks = blocks_of(pages)
    pieces = files_of(block for found in blocks.values() for block in found)
    cover = covers_of([seen]).get(seen.uuid)
    shown = [piece for piece in [*pieces.values(), *([cover] if cover else [])] if piece.preview == "image"]
    files = _pictures(shown, progress)
    dress = seen.memo_book
    owner = seen.owner.full_name if seen.owner is not None else ""
    data = {
        "title": seen.title,
        "owner": owner,
        "words": dress.words,
        "day": day_year(clock.today()),
        "cover": TONES[dress.cover][0],
        "soft": TONES[dress.cover][1],
        "drawing": drawings.svg_of(dress.drawing),
        "cover_file": _file_name(cover, files),
        "pages": [
            {
                "title": page.title,
                "by": page.author.full_name if page.author and page.author_id != seen.owner_id else "",
                "blocks": [_told(block, pieces.get(block.uuid), files) for block in blocks[page.pk]],
            }
            for page in pages
        ],
    }
    progress.step("Mise en page")
    return draw("notebooks", "memo_book", data, files=files)


def _told(block: MemoBlock, piece: Piece | None, files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "text": tree_of(block.body),
        "caption": block.caption,
        "name": piece.name if piece else "fichier retiré",
        "file": _file_name(piece, files),
        "wide": _wide(piece),
        "address": block.address,
        "host": host_of(block.address),
    }


def _wide(piece: Piece | None) -> float:
    """How wide a picture is drawn, in millimetres: its own size at 96 dots an inch, within the page."""
    if piece is None or not piece.width or not piece.height:
        return WIDEST
    return round(min(WIDEST, TALLEST * piece.width / piece.height, piece.width * 25.4 / 96), 1)


def _file_name(piece: Piece | None, files: dict[str, bytes]) -> str:
    name = f"{piece.uuid}.jpg" if piece else ""
    return name if name in files else ""


def _pictures(pieces: list[Piece], progress: Progress) -> dict[str, bytes]:
    """Each picture as paper needs it, by name; one that cannot be drawn is left out."""
    progress.step("Images", len(pieces))
    rows = File.objects.filter(resource__uuid__in=[piece.uuid for piece in pieces])
    drawn: dict[str, bytes] = {}
    for file in rows.select_related("blob", "resource").order_by("pk"):
        picture = _picture(file.blob)
        if picture is not None:
            drawn[f"{file.resource.uuid}.jpg"] = picture
        progress.advance()
    return drawn


def _picture(blob: Blob) -> bytes | None:
    try:
        with storage.opened(blob) as source, images.opened(source) as picture, images.decoding():
            picture.draft("RGB", (LARGEST, LARGEST))
            picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
            upright = ImageOps.exif_transpose(picture)
            paper = Image.new("RGB", upright.size, "white")
            whole = upright.convert("RGBA")
            paper.paste(whole, mask=whole.getchannel("A"))
            written = BytesIO()
            paper.save(written, "JPEG", quality=82)
    except DomainError:
        return None
    return written.getvalue()
