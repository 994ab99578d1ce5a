"""« Comptes en double »: found, compared, made one, parted again."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import person_of
from accounts.services.merge import require_unmergeable
from admin_console.access import administrators_only
from admin_console.showing import show_in_console
from admin_console.users import duplicates as words
from core.errors import DomainError
from core.text import uuid_of
from directory.querysets import people_administered_by
from directory.querysets.duplicates import merges_visible_to
from directory.services import duplicates
from ui.french import unbroken

TAB = "users"
LAST = 100


@require_safe
@administrators_only
def duplicates_found(request: HttpRequest) -> HttpResponse:
    """Pairs of the school spoken of, or of the whole scope, with their reasons."""
    return show_in_console(request, "users/duplicates", words.page_of(request), tab=TAB)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def duplicate(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two accounts side by side; posted, they are made one, or said to be two."""
    found = {
        person.uuid: person
        for person in people_administered_by(person_of(request)).filter(Q(uuid=one) | Q(uuid=other))
    }
    first, second = (
        found.get(key) or get_object_or_404(User.objects.none(), uuid=key) for key in (one, other)
    )
    problem = ""
    if request.method == "POST":
        try:
            return _done(request, first, second)
        except DomainError as error:
            problem = unbroken(str(error))
    else:
        problem = _refused(person_of(request), first, second)
    keep = uuid_of(request.POST.get("garder") or request.GET.get("garder") or "")
    context = {
        "sides": words.sides_of(first, second, keep=keep),
        "reasons": words.reasons_of(first, second),
        "problem": problem,
    }
    status = 409 if problem and request.method == "POST" else 200
    return show_in_console(request, "users/duplicate", context, tab=TAB, status=status)


@require_safe
@administrators_only
def merges(request: HttpRequest) -> HttpResponse:
    """The merges done in the scope, the last first."""
    done = list(merges_visible_to(person_of(request))[:LAST])
    return show_in_console(request, "users/duplicate_merges", {"lines": words.merge_lines(done)}, tab=TAB)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def merge_undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Parts the two accounts again, after a page that says what goes back."""
    merge = get_object_or_404(merges_visible_to(person_of(request)), uuid=uuid)
    problem = ""
    try:
        if request.method == "POST":
            duplicates.unmerge(by=person_of(request), merge=merge)
            messages.success(
                request, unbroken(f"Les deux comptes de {merge.gone.full_name} sont de nouveau séparés.")
            )
            return redirect("console:merges")
        require_unmergeable(merge)
    except DomainError as error:
        problem = unbroken(str(error))
    context = {"line": words.merge_lines([merge])[0], "problem": problem}
    status = 409 if problem and request.method == "POST" else 200
    return show_in_console(request, "users/duplicate_undo", context, tab=TAB, status=status)


def _done(request: HttpRequest, first: User, second: User) -> HttpResponse:
    me = person_of(request)
    if "distinctes" in request.POST:
        duplicates.say_distinct(by=me, one=first, other=second)
        messages.success(request, "C’est noté : ces deux personnes ne seront plus proposées ensemble.")
        return redirect("console:duplicates")
    chosen = request.POST.get("garder", "")
    kept, gone = (second, first) if chosen == str(second.uuid) else (first, second)
    duplicates.merge(by=me, kept=kept, gone=gone)
    messages.success(
        request, unbroken(f"Les deux comptes de {kept.full_name} n’en font plus qu’un : {kept.username}.")
    )
    return redirect("console:merges")


def _refused(me: User, first: User, second: User) -> str:
    """Why the two may not be made one, said before anybody tries."""
    try:
        duplicates.require_mergeable(me, first, second)
    except DomainError as error:
        return unbroken(str(error))
    return ""
