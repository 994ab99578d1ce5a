"""A word to relatives, written: a draft and whom it is for; once it went, a correction."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from documents.pieces import pieces_of
from notebooks import homework_rules
from notebooks.enums import WordState
from notebooks.liaison_forms import WordForm, chosen_in, offered_for
from notebooks.liaison_querysets import author_classes, pupils_of, recipients_of, word_visible_to
from notebooks.models import LiaisonWord
from notebooks.services import liaison_words
from notebooks.services.liaison_books import liaison_book_of
from notebooks.services.liaison_words import SPACE
from notebooks.views.liaison.books import liaison_resource_in
from notebooks.views.requests import person_of, said, say_no
from sharing.enums import Role
from sharing.reaching import reach_in
from ui import rich_text
from ui.french import counted
from ui.parts import wants_part


@require_POST
def begin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An empty draft and its page."""
    resource = liaison_resource_in(request, uuid, Role.CONTRIBUTE)
    try:
        made = liaison_words.begin_word(by=person_of(request), book=liaison_book_of(resource))
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:liaison_book", uuid=uuid)
    return redirect("notebooks:liaison_write", uuid=made.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft, kept at each stop; `act=send` leads to the last look before it goes. A word that went: corrected."""
    word = changed_word_in(request, uuid)
    if word.state == WordState.CLOSED:
        messages.info(request, "Rouvrez d’abord ce mot, puis corrigez-le.")
        return redirect("notebooks:liaison_word", uuid=uuid)
    given = request.POST if request.method == "POST" else None
    form = WordForm(given, word=word)
    draft = word.state == WordState.DRAFT
    classes = author_classes(viewer_of(request).standpoint) if draft else []
    pupils = pupils_of([each.pk for each in classes]) if classes else []
    problem = ""
    if given is not None and form.is_valid():
        try:
            if draft:
                chosen = chosen_in(given, classes, pupils)
                word = liaison_words.write_word(by=person_of(request), word=word, words=form.words(*chosen))
            else:
                word = liaison_words.correct_word(
                    by=person_of(request),
                    word=word,
                    words=form.words(),
                    ask_again="redemander" in given,
                )
        except DomainError as error:
            problem = said(request, error)
        else:
            return _kept(request, word, draft)
    if wants_part(request):
        return render(request, "notebooks/liaison/write.html#saved", {"word": word, "unsaved": True})
    body = form.html if given is not None else word.body
    context: dict[str, Any] = {
        "form": form,
        "word": word,
        "draft": draft,
        "problem": problem,
        "offered": offered_for(word, classes, pupils),
        "value": rich_text.clean(body),
        "plain": rich_text.typed(rich_text.clean(body)),
        "pieces": pieces_of(SPACE, [word.uuid])[word.uuid],
        "space": SPACE,
        "pictures_url": reverse("pieces:picture", args=[SPACE, word.uuid]),
    }
    return render(request, "notebooks/liaison/write.html", context, status=422 if given is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The last look: the word, and how many families will receive it; then it goes."""
    word = changed_word_in(request, uuid)
    if word.state != WordState.DRAFT:
        return redirect("notebooks:liaison_word", uuid=uuid)
    problem = ""
    if request.method == "POST":
        try:
            count = liaison_words.send_word(by=person_of(request), word=word)
        except DomainError as error:
            problem = said(request, error)
        else:
            messages.success(
                request, f"Mot envoyé\u00a0: {counted(count, 'signature attendue', 'signatures attendues')}."
            )
            return redirect("notebooks:liaison_word", uuid=uuid)
    recipients = recipients_of(word)
    pupils = {each.pupil.pk for each in recipients}
    relatives = {each.relative.pk for each in recipients if each.relative}
    context = {
        "word": word,
        "problem": problem,
        "pupils": len(pupils),
        "relatives": len(relatives),
        "alone": [each.pupil for each in recipients if each.relative is None],
        "never": sum(each.relative is not None and each.relative.activated_at is None for each in recipients),
        "labels": sorted({each.label for each in recipients if each.label}),
        "pieces": pieces_of(SPACE, [word.uuid])[word.uuid],
    }
    return render(request, "notebooks/liaison/send.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft, for good; asked first."""
    word = changed_word_in(request, uuid)
    assert word.book is not None
    book = word.book.resource
    if request.method != "POST":
        return render(request, "notebooks/liaison/erase.html", {"word": word, "resource": book})
    try:
        liaison_words.erase_word(by=person_of(request), word=word)
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:liaison_open", uuid=uuid)
    messages.success(request, "Brouillon supprimé.")
    return redirect(f"{reverse('notebooks:liaison_book', args=[book.uuid])}?etat=brouillons")


def word_in(request: HttpRequest, uuid: UUID) -> LiaisonWord:
    """A word that whoever asks follows, with `my_role`; a 404 otherwise."""
    found = word_visible_to(person_of(request), reach_in(request), uuid)
    if found is None:
        raise Http404
    return found


def changed_word_in(request: HttpRequest, uuid: UUID) -> LiaisonWord:
    """A word that whoever asks may change; a 404 otherwise."""
    found = word_in(request, uuid)
    own = found.author_id == person_of(request).pk
    if not homework_rules.changes(found.my_role, own=own):  # type: ignore[attr-defined]
        raise Http404
    return found


def _kept(request: HttpRequest, word: LiaisonWord, draft: bool) -> HttpResponse:
    if wants_part(request):
        return render(request, "notebooks/liaison/write.html#saved", {"word": word})
    if draft and request.POST.get("act") == "send":
        return redirect("notebooks:liaison_send", uuid=word.uuid)
    if draft:
        messages.success(request, "Brouillon enregistré.")
        assert word.book is not None
        book = reverse("notebooks:liaison_book", args=[word.book.resource.uuid])
        return redirect(f"{book}?etat=brouillons")
    asked = word.asked_version == word.version
    messages.success(
        request,
        "Mot corrigé\u00a0: les signatures sont redemandées à tous."
        if asked
        else "Mot corrigé. Ceux qui avaient signé voient qu’il a changé.",
    )
    return redirect("notebooks:liaison_word", uuid=word.uuid)
