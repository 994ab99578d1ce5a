"""Who may do what in a cahier mémo, and what its parts are: pure rules."""

from urllib.parse import urlsplit

from core.storage.types import PHOTOS, shown_inline
from notebooks.memo_enums import BlockKind
from sharing.enums import Role

MOST_PAGES = 300  # of a book
MOST_BLOCKS = 60  # of a page


def may_write_page(role: Role | int | None, *, author: bool) -> bool:
    """Who manages the book writes on all its pages; who contributes, on their own alone."""
    if role is None:
        return False
    return role >= Role.MANAGE or (role >= Role.CONTRIBUTE and author)


def may_add_page(role: Role | int | None) -> bool:
    """Who contributes adds pages of their own."""
    return role is not None and role >= Role.CONTRIBUTE


def may_arrange(role: Role | int | None) -> bool:
    """The cover and the order of pages are for who manages the book."""
    return role is not None and role >= Role.MANAGE


def kind_of_file(media_type: str) -> BlockKind | None:
    """The block that a content makes; None where a page does not show it."""
    if not shown_inline(media_type):
        return None
    if media_type in PHOTOS:
        return BlockKind.PICTURE
    kinds = {"audio": BlockKind.SOUND, "video": BlockKind.VIDEO}
    return kinds.get(media_type.partition("/")[0])


def address_of(typed: str) -> str:
    """A whole address of the web, as it is kept: « www.ac-lyon.fr » is one too; '' where it is none."""
    text = "".join(typed.split())
    if text and "://" not in text and not text.startswith(("mailto:", "javascript:", "data:")):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname and "." in parts.hostname.strip("."))
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and named and len(text) <= 2_000 else ""


def host_of(address: str) -> str:
    """The site of an address, as a reader knows it: « education.gouv.fr »."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
