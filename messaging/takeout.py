"""The messages that one holds, for one's archive: a page each, with its files, box by box."""

from itertools import batched

from accounts import takeout
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import JoinedFile, Lists, Passage, join, write_text
from messaging.enums import Box
from messaging.lines import NO_SUBJECT, lines_of, note_of
from messaging.models import Address, Attachment, Copy, Signature
from messaging.querysets import addresses_shown, attachments_of, copies_of
from ui.french import moment_year

TRASH = "Corbeille"
BATCH = 200


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="messaging",
            order=40,
            folder="Messages",
            title="Mes messages",
            hint="Ce que j’ai reçu, envoyé et commencé, avec les pièces jointes.",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """The last first. Two queries for so many messages."""
    lists = Lists(shelf, one="message")
    copies = copies_of(person).select_related("message", "folder").order_by("-at", "-pk")
    shelf.expect(copies.count())
    for batch in batched(copies.iterator(chunk_size=BATCH), BATCH):
        messages = [copy.message for copy in batch]
        shown, joined = addresses_shown(person, messages), attachments_of(messages)
        for copy in batch:
            _write(shelf, lists, person, copy, shown[copy.message_id], joined[copy.message_id])
            shelf.done()
    lists.close()
    signature = Signature.objects.filter(person=person).exclude(body="").first()
    if signature is not None:
        place = shelf.place("Ma signature.html")
        body = takeout.shown(signature.body, place, {})
        write_text(shelf, place, title="Ma signature", passages=[Passage(body=body)])


def _write(
    shelf: Shelf,
    lists: Lists,
    person: User,
    copy: Copy,
    addresses: list[Address],
    attachments: list[Attachment],
) -> None:
    message, box = copy.message, _box_of(copy)
    subject = message.subject or NO_SUBJECT
    name = takeout.dated(copy.at, subject)
    page = shelf.place(box, f"{name[:80]}.html")
    pictures, files = {}, list[JoinedFile]()
    for each in attachments:
        beside = (box, "Pièces jointes", name[:60])
        if each.inline:
            pictures[each.uuid] = shelf.keep(each.blob, *beside, each.name, at=copy.at)
        else:
            files += join(shelf, page, each.blob, *beside, each.name, at=copy.at)
    received = copy.box == Box.RECEIVED
    to = lines_of(addresses)
    write_text(
        shelf,
        page,
        title=subject,
        pairs=[
            ("De", message.author_name),
            *to,
            ("Le", moment_year(copy.at)),
            ("État", "" if received else note_of(message)),
        ],
        passages=[Passage(body=takeout.shown(message.body, page, pictures), files=files)],
        at=copy.at,
        up=lists.place_of(box),
    )
    who = message.author_name if received else message.addressed
    lists.add(box, subject, page, takeout.joined([who[:120], moment_year(copy.at)]))


def _box_of(copy: Copy) -> str:
    if copy.trashed_at is not None:
        return TRASH
    return copy.folder.name if copy.folder else Box(copy.box).label
