"""The blocks of a page: added, written, moved, taken off, put back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.storage.services import receive
from core.text import uuid_of
from notebooks.memo_enums import BlockKind
from notebooks.memo_errors import MemoChanged
from notebooks.memo_lines import shown
from notebooks.models import MemoBlock, MemoPage
from notebooks.services import memo_blocks
from notebooks.views.memo.pages import TEMPLATE, context_of, page_part
from notebooks.views.memo.requests import block_of, page_of, said, say_no, with_undo
from sharing.errors import InTrash
from ui import rich_text

MOST = 20  # files sent by a form at once


@require_POST
def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A block at the end: a text to write at once, a link, files of the form."""
    found, book = page_of(request, uuid)
    me, post = person_of(request), request.POST
    editing = None
    try:
        if post.get("genre") == "lien":
            memo_blocks.add_link(
                by=me, page=found, address=post.get("adresse", ""), caption=post.get("legende", "")
            )
        elif post.get("genre") == "texte":
            editing = memo_blocks.add_text(by=me, page=found).uuid
        for file in request.FILES.getlist("fichier")[:MOST]:
            received = receive(file=file, name=str(file.name))
            memo_blocks.add_file(by=me, page=found, blob=received.blob, name=received.name)
    except DomainError as error:
        typed = {"adresse": post.get("adresse", ""), "legende": post.get("legende", "")}
        return _refused(request, found, book, error, link=typed if post.get("genre") == "lien" else None)
    return page_part(request, found, book, editing=editing, announced="" if editing else "Ajouté à la page.")


@require_POST
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Saved over the version that the writer has read."""
    block, page, book = block_of(request, uuid)
    me, post = person_of(request), request.POST
    try:
        if post.get("choix") == "dessous":
            made = memo_blocks.add_below(by=me, block=block, html=_body(request, ""))
            whose = "Ton" if is_pupil(request) else "Votre"
            words = f"{whose} texte est gardé, à la place {made.position}."
            return page_part(request, page, book, announced=words)
        saved = _save(request, me, block)
    except MemoChanged as error:
        return _both(request, block, page, book, error)
    except DomainError as error:
        return _refused(request, page, book, error, editing=uuid)
    if post.get("auto"):
        return render(request, "notebooks/memo/_writing.html#saved", {"block": saved, "now": True})
    return page_part(request, page, book, announced="Enregistré.")


@require_POST
def move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One place up or down (`sens`), or after another block (`apres`)."""
    block, page, book = block_of(request, uuid)
    me = person_of(request)
    try:
        if "sens" in request.POST:
            rows = memo_blocks.shift(by=me, block=block, down=request.POST["sens"] == "bas")
        else:
            rows = memo_blocks.place(by=me, block=block, after=uuid_of(request.POST.get("apres", "")))
    except DomainError as error:
        return _refused(request, page, book, error)
    place = [row.pk for row in rows].index(block.pk) + 1
    return page_part(request, page, book, announced=f"Place {place} sur {len(rows)}.")


@require_POST
def remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Off its page; a word offers to put it back."""
    block, page, _ = block_of(request, uuid)
    try:
        memo_blocks.remove(by=person_of(request), block=block)
    except DomainError as error:
        say_no(request, error)
    else:
        words = f"{shown(block, None).name[:1].upper()}{shown(block, None).name[1:]} n’est plus sur la page."
        with_undo(request, words, url=reverse("notebooks:memo_block_put_back", args=[uuid]))
    return redirect("notebooks:memo_page", uuid=page.uuid)


@require_POST
def put_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """On its page again, where it was."""
    block, page, _ = block_of(request, uuid)
    try:
        memo_blocks.put_back(by=person_of(request), block=block)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, "C’est de nouveau sur la page.")
    return redirect("notebooks:memo_page", uuid=page.uuid)


def _save(request: HttpRequest, me: User, block: MemoBlock) -> MemoBlock:
    post = request.POST
    file = request.FILES.get("fichier")
    if file is not None:
        received = receive(file=file, name=str(file.name))
        block = memo_blocks.replace_file(by=me, block=block, blob=received.blob, name=received.name)
    version = post.get("version", "")
    return memo_blocks.save(
        by=me,
        block=block,
        version=block.version if file is not None else int(version) if version.isdecimal() else 0,
        html=_body(request, block.body) if block.kind == BlockKind.TEXT else None,
        caption=post.get("legende"),
        address=post.get("adresse"),
        hand=uuid_of(post.get("main", "")),
    )


def _body(request: HttpRequest, former: str) -> str:
    """What the text is; from a plain field that was not touched, as it was: its titles and lists stay."""
    text = request.POST.get("texte", "")
    if request.POST.get("format") == "html":
        return text
    same = text.replace("\r\n", "\n").strip() == rich_text.typed(former)
    return former if same else rich_text.of_plain(text)


def _both(
    request: HttpRequest, block: MemoBlock, page: MemoPage, book: Any, error: MemoChanged
) -> HttpResponse:
    """Both versions: the one saved meanwhile, and what was being written, to be kept as one chooses."""
    block.refresh_from_db()
    yours = rich_text.clean(_body(request, ""))
    conflict = {
        "words": said(request, error),
        "who": _name(block),
        "html": yours,
        "plain": rich_text.typed(yours),
        "caption": request.POST.get("legende", ""),
        "address": request.POST.get("adresse", ""),
    }
    context = context_of(request, page, book, editing=block.uuid, conflict=conflict)
    if request.htmx:  # type: ignore[attr-defined]
        # htmx swaps nothing in of an answer that is an error.
        answer = render(request, f"{TEMPLATE}#part", context)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#blocs", "outerHTML"
        return answer
    return render(request, TEMPLATE, context, status=409)


def _refused(
    request: HttpRequest,
    page: MemoPage,
    book: Any,
    error: DomainError,
    *,
    editing: UUID | None = None,
    link: dict[str, str] | None = None,
) -> HttpResponse:
    """The page with the reason, and what was typed; whoever may not write it is led to where they may."""
    if error.status in {403, 404} or isinstance(error, InTrash):
        say_no(request, error)
        address = reverse("notebooks:memo_page", args=[page.uuid])
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    more: dict[str, Any] = {"link": link, "link_open": True} if link is not None else {}
    context = context_of(request, page, book, editing=editing, problem=said(request, error), **more)
    if request.htmx:  # type: ignore[attr-defined]
        answer = render(request, f"{TEMPLATE}#part", context)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#blocs", "outerHTML"
        return answer
    return render(request, TEMPLATE, context, status=422)


def _name(block: MemoBlock) -> str:
    """Who saved it last."""
    person = User.everyone.filter(uuid=block.changed_by).first() if block.changed_by else None
    return person.full_name if person else ""
