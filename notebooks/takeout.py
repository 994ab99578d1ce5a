"""What one wrote in notebooks, for one's archive: pages of cahiers mémo, homework, words to relatives; and the
words that one holds, with one's signature."""

from collections.abc import Iterable
from itertools import batched, groupby

from django.db.models import Count, Q

from accounts import takeout
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import JoinedFile, Lists, Passage, join, write_text
from documents.models import Use
from documents.takeout import pieces_in, put_beside
from notebooks.enums import WordState
from notebooks.memo_enums import SPACE as MEMO
from notebooks.models import HomeworkEntry, LiaisonCopy, LiaisonWord, MemoBlock, MemoPage
from notebooks.services.homework_entries import SPACE as HOMEWORK
from notebooks.services.liaison_words import SPACE as LIAISON
from ui.french import counted, day_year, moment_year

BATCH = 100
FILES = "Fichiers"
MEMOS = "Cahiers mémo"
WRITTEN, RECEIVED = "Mots écrits", "Mots reçus"


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="notebooks",
            order=60,
            folder="Cahiers",
            title="Mes cahiers",
            hint="Mes pages, les devoirs et les mots que j’ai écrits, les mots que j’ai reçus et signés.",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """Kind by kind."""
    lists = Lists(shelf, one="page")
    _memo_pages(shelf, lists, person)
    _homework(shelf, lists, person)
    _words_written(shelf, lists, person)
    _words_received(shelf, lists, person)
    lists.close()


def _memo_pages(shelf: Shelf, lists: Lists, person: User) -> None:
    """Those that one wrote, and those of one's own books that nobody signs any more."""
    theirs = Q(author=person) | Q(author__isnull=True, book__resource__owner=person)
    pages = MemoPage.objects.filter(theirs, removed_at__isnull=True).select_related("book__resource")
    for batch in batched(pages.order_by("book", "position", "pk").iterator(chunk_size=BATCH), BATCH):
        rows = MemoBlock.objects.filter(page__in=batch, removed_at__isnull=True)
        blocks: dict[int, list[MemoBlock]] = {}
        for block in rows.order_by("position", "pk"):
            blocks.setdefault(block.page_id, []).append(block)
        pieces = pieces_in(MEMO, [block.uuid for found in blocks.values() for block in found])
        for page in batch:
            book = page.book.resource.title
            title = page.title or f"Page {page.position}"
            place = shelf.place(MEMOS, book, f"{page.position:03d} {title[:60]}.html")
            passages = []
            for block in blocks.get(page.pk, []):
                files: list[JoinedFile] = []
                for use in pieces[block.uuid]:
                    name = use.file.resource.title
                    caption = block.caption or use.caption
                    files += join(
                        shelf, place, use.file.blob, MEMOS, book, FILES, name, caption=caption, at=use.at
                    )
                body = takeout.shown(block.body, place, {}) if block.body else ""
                passages.append(Passage(sub=block.address, body=body, files=files))
            write_text(
                shelf,
                place,
                title=title,
                pairs=[("Cahier", book)],
                passages=passages,
                at=page.changed_at,
                up=lists.place_of(MEMOS),
            )
            lists.add(MEMOS, title, place, takeout.joined([book, day_year(page.changed_at)]))


def _homework(shelf: Shelf, lists: Lists, person: User) -> None:
    """A page for each month of a book."""
    entries = HomeworkEntry.objects.filter(author=person).select_related("book__resource")
    rows = entries.order_by("book", "-due_on", "-pk").iterator(chunk_size=BATCH)
    for (_, year, month), found in groupby(rows, lambda e: (e.book_id, e.due_on.year, e.due_on.month)):
        _month(shelf, lists, list(found), f"{year}-{month:02d}")


def _month(shelf: Shelf, lists: Lists, entries: list[HomeworkEntry], month: str) -> None:
    book = entries[0].book.resource.title
    pieces = pieces_in(HOMEWORK, [entry.uuid for entry in entries])
    place = shelf.place(book, f"{month}.html")
    passages = []
    for entry in entries:
        pictures, files = put_beside(shelf, place, pieces[entry.uuid], book, FILES, month)
        state = "dans la corbeille" if entry.trashed_at else entry.get_stage_display()
        passages.append(
            Passage(
                takeout.joined([entry.subject, entry.title]) or "Devoir",
                takeout.joined(
                    [f"donné le {day_year(entry.given_on)}", f"pour le {day_year(entry.due_on)}", state]
                ),
                takeout.shown(entry.body, place, pictures),
                files,
            )
        )
    title = f"Devoirs, {month}"
    write_text(shelf, place, title=title, passages=passages, up=lists.place_of(book))
    lists.add(book, title, place, counted(len(entries), "devoir"))


def _words_written(shelf: Shelf, lists: Lists, person: User) -> None:
    """With how many signed: who did is the carnet's to tell."""
    signed = Count("copies", filter=Q(copies__signed_at__isnull=False))
    words = LiaisonWord.objects.filter(author=person).annotate(held=Count("copies"), signed=signed)
    for batch in batched(words.order_by("-changed_at", "-pk").iterator(chunk_size=BATCH), BATCH):
        pieces = pieces_in(LIAISON, [word.uuid for word in batch])
        for word in batch:
            sent = word.sent_at
            answered = f"{counted(word.signed, 'signature')} sur {word.held}" if word.held else ""
            pairs = [
                ("État", WordState(word.state).label),
                ("Envoyé", moment_year(sent) if sent else ""),
                ("Signé", answered),
            ]
            _write_word(shelf, lists, WRITTEN, word, pairs, pieces[word.uuid])


def _words_received(shelf: Shelf, lists: Lists, person: User) -> None:
    copies = LiaisonCopy.objects.filter(relative=person).select_related("word")
    for batch in batched(copies.order_by("-sent_at", "-pk").iterator(chunk_size=BATCH), BATCH):
        pieces = pieces_in(LIAISON, [copy.word.uuid for copy in batch])
        for copy in batch:
            word = copy.word
            answer = {True: "oui", False: "non", None: ""}[copy.answer]
            pairs = [
                ("De", word.author_name),
                ("Pour", takeout.joined([copy.pupil_name, copy.class_label])),
                ("Reçu", moment_year(copy.sent_at)),
                ("Signé", moment_year(copy.signed_at) if copy.signed_at else "pas encore"),
                ("Réponse", answer),
            ]
            _write_word(shelf, lists, RECEIVED, word, pairs, pieces[word.uuid])


def _write_word(
    shelf: Shelf,
    lists: Lists,
    where: str,
    word: LiaisonWord,
    pairs: list[tuple[str, str]],
    uses: Iterable[Use],
) -> None:
    title, at = word.title or "Mot aux parents", word.sent_at or word.changed_at
    name = takeout.dated(at, title)
    place = shelf.place(where, f"{name[:80]}.html")
    pictures, files = put_beside(shelf, place, uses, where, FILES, name[:60])
    body = takeout.shown(word.body, place, pictures)
    write_text(
        shelf,
        place,
        title=title,
        pairs=pairs,
        passages=[Passage(body=body, files=files)],
        at=at,
        up=lists.place_of(where),
    )
    lists.add(where, title, place, day_year(at))
