"""Actualités as a school's administrators write them, and follow who has read."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.errors import DomainError
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from directory.querysets.administered import administered_schools
from home.enums import Stage
from home.forms import NoticeForm
from home.lines import families_of, managed_lines, progress_of, read_words, reminded_words
from home.models import Notice
from home.querysets import notices_managed_within, of_stage
from home.services import acknowledge, notices
from home.services.notices import stage_of
from home.views.requests import managed, managers_only, say_no
from schools.models import School
from ui import rich_text
from ui.french import counted, day, unbroken

PAGE = 20
# More than a person finds by their eyes: an academy chooses in its console.
SCHOOLS = 60
STAGES = {
    "affichees": (Stage.SHOWN, "Affichées"),
    "programmees": (Stage.COMING, "Programmées"),
    "brouillons": (Stage.DRAFT, "Brouillons"),
    "terminees": (Stage.OVER, "Terminées"),
    "retirees": (Stage.WITHDRAWN, "Retirées"),
}


@require_safe
@managers_only
def index(request: HttpRequest) -> HttpResponse:
    """All that one manages, by stage."""
    key = request.GET.get("etat", "affichees")
    stage, _ = STAGES.get(key, STAGES["affichees"])
    rows = of_stage(notices_managed_within(viewer_of(request).standpoint), stage)
    page = Paginator(rows.order_by("-starts_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    here = reverse("notices:manage")
    context = {
        "lines": managed_lines(list(page.object_list)),
        "page": page,
        "several": len(_schools(request)) > 1,
        "tabs": [
            {"label": label, "url": f"{here}?etat={name}", "current": each == stage}
            for name, (each, label) in STAGES.items()
        ],
    }
    return render(request, "home/notices/manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def write(request: HttpRequest) -> HttpResponse:
    """A new notice, of `ecole` where one manages several."""
    schools = _schools(request)
    asked = request.POST.get("ecole") or request.GET.get("ecole") or ""
    if asked:
        mine = administered_schools(viewer_of(request).standpoint)
        school = get_object_or_404(mine, uuid=uuid_of(asked))
    elif len(schools) == 1:
        [school] = schools
    else:
        return render(request, "home/notices/choose.html", {"schools": schools[:SCHOOLS]})
    return _form(request, school, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same form, over a notice that was not withdrawn."""
    found = managed(request, uuid)
    if found.withdrawn_at is not None:
        messages.info(request, "Remettez d’abord cette actualité, puis modifiez-la.")
        return redirect("notices:notice", uuid=uuid)
    return _form(request, found.school, found)


@require_safe
def readers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who has read and who has not, a class at a time (`classe`, its key)."""
    found = managed(request, uuid)
    everybody, classes, asked = progress_of(found)
    keys = [each.key for each in classes]
    wanted = request.GET.get("classe", "")
    key = next((each for each in keys if str(each) == wanted), keys[0] if keys else None)
    here = reverse("notices:readers", args=[uuid])
    context = {
        "notice": found,
        "everybody": everybody,
        "summary": read_words(everybody),
        "classes": classes,
        "tabs": [
            {
                "label": each.label,
                "after": f"{each.done}/{each.number}",
                "url": f"{here}?classe={each.key}",
                "current": each.key == key,
            }
            for each in classes
        ],
        "families": families_of(asked, key) if key is not None else [],
        "may_remind": stage_of(found) == Stage.SHOWN and bool(everybody.left),
        "reminded": reminded_words(found),
    }
    return render(request, "home/notices/readers.html", context)


@require_POST
def remind(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Tells those who have not read, in what is new."""
    found = managed(request, uuid)
    try:
        count = acknowledge.remind(by=viewer_of(request).person, notice=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, f"Rappel envoyé à {counted(count, 'parent')}.")
    return redirect("notices:readers", uuid=uuid)


@require_POST
def post(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft is published."""
    return _act(request, uuid, notices.post, _posted_words)


@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Nobody reads it any more."""
    return _act(
        request, uuid, notices.withdraw, lambda notice: "Actualité retirée. Vous pouvez encore la remettre."
    )


@require_POST
def put_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """As it was."""
    return _act(request, uuid, notices.put_back, lambda notice: "Actualité remise.")


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For good; asked first."""
    found = managed(request, uuid)
    if request.method != "POST":
        return render(request, "home/notices/erase.html", {"notice": found})
    try:
        notices.erase(by=viewer_of(request).person, notice=found)
    except DomainError as error:
        say_no(request, error)
        return redirect("notices:notice", uuid=uuid)
    messages.success(request, "Actualité supprimée définitivement.")
    return redirect("notices:manage")


def _act(
    request: HttpRequest, uuid: UUID, act: Callable[..., Notice], words: Callable[[Notice], str]
) -> HttpResponse:
    found = managed(request, uuid)
    try:
        done = act(by=viewer_of(request).person, notice=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, unbroken(words(done)))
    return redirect("notices:notice", uuid=uuid)


def _form(request: HttpRequest, school: School, notice: Notice | None) -> HttpResponse:
    """Shows the form; posted, keeps it as a draft, or publishes (`act`)."""
    given = request.POST if request.method == "POST" else None
    form = NoticeForm(given, school=school, notice=notice)
    problem = ""
    if given is not None and form.is_valid():
        try:
            with transaction.atomic():
                done = _keep(viewer_of(request).person, school, notice, form)
                if given.get("act") == "post" and done.posted_at is None:
                    done = notices.post(by=viewer_of(request).person, notice=done)
        except DomainError as error:
            problem = unbroken(f"{error.sentence} {error.remedy}".strip())
        else:
            messages.success(request, unbroken(_posted_words(done)))
            return redirect("notices:notice", uuid=done.uuid)
    body = form.html if given is not None else (notice.body if notice else "")
    context: dict[str, Any] = {
        "form": form,
        "school": school,
        "notice": notice,
        "problem": problem,
        "value": rich_text.clean(body),
        "plain": rich_text.typed(rich_text.clean(body)),
        "draft": notice is None or notice.posted_at is None,
    }
    refused = given is not None
    return render(request, "home/notices/write.html", context, status=422 if refused else 200)


def _keep(me: User, school: School, notice: Notice | None, form: NoticeForm) -> Notice:
    if notice is None:
        return notices.write(by=me, school=school, words=form.words())
    return notices.edit(by=me, notice=notice, words=form.words())


def _posted_words(notice: Notice) -> str:
    stage = stage_of(notice)
    if stage == Stage.SHOWN:
        return "Actualité publiée : elle est sur l’accueil."
    if stage == Stage.COMING:
        return f"Actualité programmée : elle paraitra {day(notice.starts_on)}."
    return "Brouillon enregistré." if stage == Stage.DRAFT else "Actualité enregistrée."


def _schools(request: HttpRequest) -> list[School]:
    found = list(administered_schools(viewer_of(request).standpoint)[: SCHOOLS + 1])
    if not found:
        raise Http404
    return found
