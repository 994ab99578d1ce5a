"""The blocks of a page: added, saved without overwriting anybody's, put in order, taken off, put back."""

from collections.abc import Sequence
from uuid import UUID

from accounts.models import User
from core import audit, clock
from core.storage.models import Blob, Upload
from documents.attachable import managed_files
from documents.services import keeping
from notebooks.memo_enums import SPACE, BlockKind
from notebooks.memo_errors import MemoChanged, MemoFull, MemoLinkWrong, NotForAMemo
from notebooks.memo_rules import MOST_BLOCKS, address_of, kind_of_file
from notebooks.models import MemoBlock, MemoPage
from notebooks.models.memo import CAPTION_LENGTH
from notebooks.services.memo_hold import (
    KEPT_FOR,
    hold_block,
    hold_page,
    mark_changed,
    moved_after,
    renumber_blocks,
)
from sharing.models import Resource
from ui import rich_text


def add_text(*, by: User, page: MemoPage, html: str = "") -> MemoBlock:
    """A text at the end; with none, the empty one that waits there already. Raises NoSuchMemo, InTrash,
    MemoPageNotYours, MemoFull."""
    with audit.acting(by=by):
        fresh = hold_page(by, page)
        if not html:
            empty = _blocks(fresh)[-1:]
            if empty and empty[0].kind == BlockKind.TEXT and not empty[0].body:
                return empty[0]
        return _added(by, fresh, MemoBlock(kind=BlockKind.TEXT, body=rich_text.clean(html)))


def add_link(*, by: User, page: MemoPage, address: str, caption: str = "") -> MemoBlock:
    """A link at the end; nothing is fetched from there. Raises MemoLinkWrong, NoSuchMemo, InTrash,
    MemoPageNotYours, MemoFull."""
    whole = address_of(address)
    if not whole:
        raise MemoLinkWrong()
    with audit.acting(by=by):
        fresh = hold_page(by, page)
        made = MemoBlock(kind=BlockKind.LINK, address=whole, caption=_caption(caption))
        return _added(by, fresh, made)


def require_file(*, by: User, page: MemoPage) -> None:
    """Whether a page takes one file more of `by`. Raises NoSuchMemo, InTrash, MemoPageNotYours, MemoFull."""
    with audit.acting(by=by):
        _require_room(hold_page(by, page))


def add_file(
    *,
    by: User,
    page: MemoPage,
    blob: Blob,
    name: str,
    caption: str = "",
    upload: Upload | None = None,
) -> MemoBlock:
    """A picture, a sound or a film at the end, as its content is: `by`'s own kept file. Raises NotForAMemo,
    QuotaExceeded, NoSuchMemo, InTrash, MemoPageNotYours, MemoFull."""
    kind = kind_of_file(blob.media_type)
    if kind is None:
        raise NotForAMemo()
    with audit.acting(by=by):
        fresh = hold_page(by, page)
        _require_room(fresh)
        made = MemoBlock(kind=kind, caption=_caption(caption))
        return _added(by, fresh, made, lambda: _keep(by, fresh, made, blob, name, upload))


def add_documents(*, by: User, page: MemoPage, documents: Sequence[Resource]) -> list[MemoBlock]:
    """Files of the Espace documentaire at the end, as they are now: all, or none. Raises NoSuchDocument,
    NotAManager, and what `add_file` raises."""
    with audit.acting(by=by):
        return [
            add_file(by=by, page=page, blob=each.file.blob, name=each.title)
            for each in managed_files(by, documents)
        ]


def replace_file(*, by: User, block: MemoBlock, blob: Blob, name: str) -> MemoBlock:
    """Another file in its place; the former stays its keeper's. Raises NotForAMemo, QuotaExceeded, NoSuchMemo,
    InTrash, MemoPageNotYours."""
    kind = kind_of_file(blob.media_type)
    if kind is None or block.kind in {BlockKind.TEXT, BlockKind.LINK}:
        raise NotForAMemo()
    with audit.acting(by=by):
        fresh, page = hold_block(by, block)
        keeping.release(space=SPACE, subjects=[fresh.uuid])
        _keep(by, page, fresh, blob, name)
        fresh.kind = kind
        _save(by, page, fresh)
    return fresh


def save(
    *,
    by: User,
    block: MemoBlock,
    version: int,
    html: str | None = None,
    caption: str | None = None,
    address: str | None = None,
    hand: UUID | None = None,
) -> MemoBlock:
    """Saves what is given, over the `version` that the writer has read, or what the same form (`hand`) saved
    last; the same again is no change.

    Raises MemoChanged where somebody saved another meanwhile (nothing is overwritten), MemoLinkWrong,
    NoSuchMemo (it was taken off too), InTrash, MemoPageNotYours.
    """
    with audit.acting(by=by):
        fresh, page = hold_block(by, block)
        wanted = _wanted(fresh, html=html, caption=caption, address=address)
        if all(getattr(fresh, name) == value for name, value in wanted.items()):
            return fresh
        if version != fresh.version and (hand is None or hand != fresh.hand):
            raise MemoChanged(version=fresh.version)
        for name, value in wanted.items():
            setattr(fresh, name, value)
        fresh.hand = hand
        _save(by, page, fresh)
    return fresh


def add_below(*, by: User, block: MemoBlock, html: str) -> MemoBlock:
    """A text of one's own under a block that somebody else saved meanwhile: both stay. Raises NoSuchMemo,
    InTrash, MemoPageNotYours, MemoFull."""
    with audit.acting(by=by):
        fresh, page = hold_block(by, block)
        made = _added(by, page, MemoBlock(kind=BlockKind.TEXT, body=rich_text.clean(html)))
        renumber_blocks(moved_after(_blocks(page), made.pk, fresh.pk))
        made.refresh_from_db()
    return made


def place(*, by: User, block: MemoBlock, after: UUID | None) -> list[MemoBlock]:
    """Puts a block after another of its page, or first; answers all, in order. Others' moves meanwhile are
    kept. Raises NoSuchMemo, InTrash, MemoPageNotYours."""
    with audit.acting(by=by):
        fresh, page = hold_block(by, block)
        rows = _blocks(page)
        keys = {row.uuid: row.pk for row in rows}
        rows = moved_after(rows, fresh.pk, keys.get(after) if after else None)
        renumber_blocks(rows)
        mark_changed(by, page)
    return rows


def shift(*, by: User, block: MemoBlock, down: bool) -> list[MemoBlock]:
    """One place up or down. Raises NoSuchMemo, InTrash, MemoPageNotYours."""
    with audit.acting(by=by):
        fresh, page = hold_block(by, block)
        rows = _blocks(page)
        here = [row.pk for row in rows].index(fresh.pk)
        before = here + 1 if down else here - 2
        if before < -1 or before >= len(rows):
            return rows
        return place(by=by, block=fresh, after=rows[before].uuid if before >= 0 else None)


def remove(*, by: User, block: MemoBlock) -> None:
    """Takes a block off its page; it can be put back for a day. Raises NoSuchMemo, InTrash, MemoPageNotYours."""
    with audit.acting(by=by):
        fresh, page = hold_block(by, block)
        fresh.removed_at = clock.now()
        fresh.save(update_fields=["removed_at"])
        _forget_old(page)
        renumber_blocks(_blocks(page))
        mark_changed(by, page)


def put_back(*, by: User, block: MemoBlock) -> MemoBlock:
    """A block taken off is on its page again, where it was. Raises NoSuchMemo, InTrash, MemoPageNotYours."""
    with audit.acting(by=by):
        fresh, page = hold_block(by, block, removed=True)
        rows = _blocks(page)
        rows.insert(max(fresh.position - 1, 0), fresh)
        fresh.removed_at = None
        fresh.save(update_fields=["removed_at"])
        renumber_blocks(rows)
        mark_changed(by, page)
    return fresh


def _wanted(
    block: MemoBlock, *, html: str | None, caption: str | None, address: str | None
) -> dict[str, str]:
    """What is to be kept of what was given, by field. Raises MemoLinkWrong."""
    wanted: dict[str, str] = {}
    if html is not None and block.kind == BlockKind.TEXT:
        wanted["body"] = rich_text.clean(html)
    if caption is not None and block.kind != BlockKind.TEXT:
        wanted["caption"] = _caption(caption)
    if address is not None and block.kind == BlockKind.LINK:
        wanted["address"] = address_of(address)
        if not wanted["address"]:
            raise MemoLinkWrong()
    return wanted


def _added(by: User, page: MemoPage, block: MemoBlock, kept: object = None) -> MemoBlock:
    """Writes a new block at the end; `kept`, what keeps its file, before its page is read anew."""
    rows = _require_room(page)
    block.page, block.position = page, len(rows) + 1
    block.changed_at, block.changed_by = clock.now(), by.uuid
    block.save(force_insert=True)
    if callable(kept):
        kept()
    mark_changed(by, page)
    _record("memo.block_added", page, block)
    return block


def _save(by: User, page: MemoPage, block: MemoBlock) -> None:
    block.version += 1
    block.changed_at, block.changed_by = clock.now(), by.uuid
    block.save()
    mark_changed(by, page)
    _record("memo.block_changed", page, block)


def _keep(
    by: User, page: MemoPage, block: MemoBlock, blob: Blob, name: str, upload: Upload | None = None
) -> None:
    label = Resource.objects.only("title").get(pk=page.book_id).title
    keeping.keep(by=by, blob=blob, name=name, space=SPACE, subject=block.uuid, label=label, upload=upload)


def _forget_old(page: MemoPage) -> None:
    """Blocks taken off this page long ago are no more."""
    old = MemoBlock.objects.filter(page=page, removed_at__lt=clock.now() - KEPT_FOR)
    keeping.release(space=SPACE, subjects=list(old.values_list("uuid", flat=True)))
    old.delete()


def _require_room(page: MemoPage) -> list[MemoBlock]:
    rows = _blocks(page)
    if len(rows) >= MOST_BLOCKS:
        raise MemoFull(most=MOST_BLOCKS)
    return rows


def _blocks(page: MemoPage) -> list[MemoBlock]:
    return list(MemoBlock.objects.filter(page=page, removed_at__isnull=True).order_by("position", "pk"))


def _caption(text: str) -> str:
    return " ".join(text.split())[:CAPTION_LENGTH]


def _record(verb: str, page: MemoPage, block: MemoBlock) -> None:
    """Who changed what: not what it says, which autosaving would copy a hundred times."""
    audit.record(verb, subject=page.uuid, after={"block": str(block.uuid), "kind": block.kind})
