"""Words as relatives hold them: all of them, one and its signature, child by child."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import Profile
from core.errors import DomainError
from core.text import uuid_of
from documents.pieces import pieces_of
from notebooks.enums import LIAISON_BOOK
from notebooks.liaison_lines import Received, received_lines
from notebooks.liaison_querysets import copies_of, may_wait, waiting, word_visible_to
from notebooks.models import LiaisonCopy, LiaisonVersion
from notebooks.services import liaison_signatures
from notebooks.services.liaison_words import SPACE
from notebooks.views.requests import person_of, say_no
from sharing.reaching import reach_in
from ui import children as by_child
from ui.back import back_of

PAGE, SHOWN = 30, 50
_FOUND = "_liaison_to_sign"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All that a relative ever received, the last first; of one child (`enfant`). A team has its carnets."""
    me = person_of(request)
    if me.profile != Profile.RELATIVE:
        return redirect(f"{reverse('notebooks:index')}?type={LIAISON_BOOK}")
    rows = copies_of(me)
    if asked := uuid_of(request.GET.get("enfant", "")):
        rows = rows.filter(pupil__uuid=asked)
    page = Paginator(rows.order_by("-sent_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"lines": received_lines(page.object_list), "page": page, "to_sign": to_sign(request)}
    return render(request, "notebooks/liaison/received.html", context)


@require_safe
def open_word(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where a word leads: to what one holds of it, else to its follow-up."""
    me = person_of(request)
    if copies_of(me).filter(word__uuid=uuid).exists():
        return redirect("notebooks:liaison_read", uuid=uuid)
    if word_visible_to(me, reach_in(request), uuid) is None:
        raise Http404
    return redirect("notebooks:liaison_word", uuid=uuid)


@require_safe
def word(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The word, and one signature a child. To open it is to have read it."""
    me = person_of(request)
    copies = list(copies_of(me).filter(word__uuid=uuid).order_by("pupil_name", "pk"))
    if not copies:
        raise Http404
    for copy in copies:
        liaison_signatures.open_copy(by=me, copy=copy)
    lines = received_lines(copies)
    found = lines[0].word
    signed = [line.copy.signed_version for line in lines if line.corrected]
    context = {
        "word": found,
        "lines": lines,
        "waits": any(line.waits for line in lines),
        "pieces": pieces_of(SPACE, [found.uuid])[found.uuid],
        "former": LiaisonVersion.objects.filter(word=found, number=max(signed)).first() if signed else None,
    }
    return render(request, "notebooks/liaison/read.html", context)


@require_POST
def sign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Lu et signé », or yes or no (`reponse`), for one child."""
    me = person_of(request)
    copy: LiaisonCopy = get_object_or_404(copies_of(me), uuid=uuid)
    answer = {"oui": True, "non": False}.get(request.POST.get("reponse", ""))
    try:
        liaison_signatures.sign(by=me, copy=copy, answer=answer)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, "C’est signé\u00a0: l’école le sait.")
    if request.POST.get("retour"):
        return redirect(back_of(request, "notebooks:liaison_received"))
    return redirect("notebooks:liaison_read", uuid=copy.word.uuid)


def to_sign(request: HttpRequest) -> Sequence[Received]:
    """What waits for whoever asks, the most pressing first; of the child whose tab is open. Read once for the
    request: a query, two where something may wait."""
    kept: Sequence[Received] | None = getattr(request, _FOUND, None)
    if kept is None:
        me, kept = person_of(request), []
        if found := may_wait(me):
            rows = waiting(copies_of(me)).filter(pk__in=found).order_by("word__due_on", "-sent_at", "pk")
            kept = received_lines(rows[:SHOWN])
        setattr(request, _FOUND, kept)
    child = by_child.chosen(request)
    return [each for each in kept if child is None or each.copy.pupil_id == child.key]
