"""Blocage en lot: a line per profile, blocked and let in again with one button; below, what was done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import Profile
from accounts.requests import person_of
from admin_console.school import words
from admin_console.school.forms import DAY, OPEN, TURNOVER, BlockForm
from admin_console.school.sections import back_to, for_a_school, school_of, show_section
from core.errors import DomainError
from directory.authority import scopes_of
from directory.models import Block
from directory.querysets.blocks import ProfileState, profiles_of
from directory.services.blocks import block_profile, change_block, lift_profile
from ui.french import unbroken


@require_safe
@for_a_school
def blocks(request: HttpRequest) -> HttpResponse:
    """The lines, and the last acts."""
    school = school_of(request)
    mine = scopes_of(person_of(request), [school])
    lines = [words.block_line(state, mine) for state in profiles_of(school)]
    context = {
        "lines": lines,
        "standing": words.standing_words(lines),
        "deeds": words.deeds(school),
    }
    return show_section(request, "blocks", context, section="blocks")


@require_POST
@for_a_school
def block(request: HttpRequest, profile: str) -> HttpResponse:
    """One button: from now, until it is lifted."""
    asked = _profile(profile)
    try:
        made = block_profile(by=person_of(request), school=school_of(request), profile=asked)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, _blocked_words(asked, made))
    return back_to(request, "blocks")


@require_POST
@for_a_school
def unblock(request: HttpRequest, profile: str) -> HttpResponse:
    """One button: in again, at the next request."""
    asked = _profile(profile)
    try:
        lifted = lift_profile(by=person_of(request), school=school_of(request), profile=asked)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        count = lifted[0].people
        people = words.counted_people(asked, count) if count is not None else words.title(asked)
        one = count is not None and count < 2
        messages.success(request, f"{people} {'débloqué' if one else 'débloqués'}.")
    return back_to(request, "blocks")


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def details(request: HttpRequest, profile: str) -> HttpResponse:
    """A block with its beginning, end, reason and message; those of the one that stands, to be changed."""
    asked = _profile(profile)
    state = next(each for each in profiles_of(school_of(request)) if each.profile == asked)
    form = BlockForm(request.POST or None, initial=_initial(state.block))
    if state.block is not None:
        del form.fields["starts"]
    if request.method == "POST" and form.is_valid():
        try:
            message = _save(request, state, form)
        except DomainError as error:
            form.add_error(None, unbroken(str(error)))
        else:
            messages.success(request, message)
            return back_to(request, "blocks")
    line = words.block_line(state, scopes_of(person_of(request), [school_of(request)]))
    context = {"form": form, "line": line, "school": school_of(request)}
    status = 422 if form.is_bound else 200
    return show_section(request, "block", context, section="blocks", status=status)


def _save(request: HttpRequest, state: ProfileState, form: BlockForm) -> str:
    if state.block is not None:
        change_block(by=person_of(request), block=state.block, **form.when())
        return "Le blocage est modifié."
    made = block_profile(
        by=person_of(request),
        school=school_of(request),
        profile=state.profile,
        starts_at=form.starts_at(),
        **form.when(),
    )
    return _blocked_words(state.profile, made)


def _blocked_words(profile: Profile, block: Block) -> str:
    people = words.counted_people(profile, block.people or 0)
    return f"{people} {'bloqué' if (block.people or 0) < 2 else 'bloqués'}."


def _initial(block: Block | None) -> dict[str, Any]:
    if block is None:
        return {}
    end = TURNOVER if block.until_turnover else DAY if block.ends_at else OPEN
    return {
        "end": end,
        "until": words.last_day(block.ends_at) if block.ends_at else None,
        "reason": block.reason,
        "message": block.message,
    }


def _profile(slug: str) -> Profile:
    if slug not in words.SLUGS:
        raise Http404
    return words.SLUGS[slug]
