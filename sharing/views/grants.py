"""What the share panel's forms do: each calls one service and shows the panel again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts import sessions
from accounts.enums import Profile
from accounts.models import User
from core.errors import DomainError
from directory.annuaire.viewer import Viewer, viewer_of
from directory.models import Group
from directory.querysets import members_visible_to
from sharing.enums import Role
from sharing.errors import HandoverClosed, NothingShared
from sharing.forms import MOST, FavouriteForm, LineForm, LineRoleForm, OnePersonForm, ShareForm
from sharing.models import Grant, Handover, Resource
from sharing.panel.showing import Outcome, answer, managed, refused
from sharing.services import hand_over, keep, share
from ui.french import NBSP, counted

type Done = Callable[[Viewer, Resource, Any], str | Outcome]


def _act(request: HttpRequest, uuid: UUID, form: forms.Form, *, at: str, do: Done) -> HttpResponse:
    """One form of the panel: whole assurance, its fields, its service, its sentence."""
    resource = managed(request, uuid)
    done: str | Outcome = ""
    problem = ""
    try:
        sessions.require_full_assurance(request)
        if form.is_valid():
            done = do(viewer_of(request), resource, form.cleaned_data)
        else:
            problem = str(next(iter(form.errors.values()))[0])
    except DomainError as error:
        problem = refused(request, error)
    if problem:
        chosen = request.POST.getlist("recipient")[:MOST] if at == "give" else []
        return answer(request, resource, Outcome(problem=problem, at=at, kept=_kept(request), chosen=chosen))
    outcome = done if isinstance(done, Outcome) else Outcome(said=done)
    outcome.at = at
    return answer(request, resource, outcome)


def _kept(request: HttpRequest) -> dict[str, str]:
    return {"role": request.POST.get("role", ""), "name": request.POST.get("name", "")}


@require_POST
def give(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Shares with the recipients chosen, each with the same role."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> str:
        chosen = given["recipient"]
        shared = share.share(
            by=viewer.person,
            resource=resource,
            persons=chosen.persons,
            groups=chosen.groups,
            favourites=chosen.favourites,
            role=given["role"],
        )
        return f"C’est partagé{NBSP}: {counted(shared.people_reached, 'personne')} en plus."

    return _act(request, uuid, ShareForm(request.POST, viewer=viewer_of(request)), at="give", do=do)


@require_POST
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another role for one line."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> str:
        kind, key = given["recipient"]
        share.change_role(
            by=viewer.person, resource=resource, role=given["role"], **_line(resource, kind, key)
        )
        return f"Le droit est changé{NBSP}: {given['role'].label}."

    return _act(request, uuid, LineRoleForm(request.POST), at=_at(request), do=do)


@require_POST
def remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Takes one line back: at their next request, these people see the thing no more. It can be undone."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> Outcome:
        kind, key = given["recipient"]
        done = share.remove(by=viewer.person, resource=resource, **_line(resource, kind, key))
        return Outcome(said="Le partage est retiré.", undo=done.withdrawal)

    return _act(request, uuid, LineForm(request.POST), at=_at(request), do=do)


@require_POST
def by_name(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Gives each member of a scolarity group the same right by name, which outlives the year."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> str:
        group = _line(resource, *given["recipient"]).get("group")
        if group is None:
            raise NothingShared()
        members = members_visible_to(viewer.person, group).filter(pk__in=viewer.people.values("pk"))
        persons = list(members.exclude(pk=resource.owner_id or 0))
        role = max(Grant.objects.filter(resource=resource, group=group).values_list("role", flat=True))
        share.share(by=viewer.person, resource=resource, persons=persons, role=Role(role))
        return f"Partagé aussi au nom de {counted(len(persons), 'personne')}{NBSP}: conservé."

    return _act(request, uuid, LineForm(request.POST), at=_at(request), do=do)


@require_POST
def favourite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keeps the recipients as a favourite of one's own."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> str:
        kept = keep.keep_recipients(by=viewer.person, resource=resource, name=given["name"])
        return f"Le favori «{NBSP}{kept.name}{NBSP}» est enregistré."

    return _act(request, uuid, FavouriteForm(request.POST), at="favourite", do=do)


@require_POST
def entrust(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """*Confier*: somebody manages it too, at once."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> str:
        person = given["recipient"].persons[0]
        hand_over.entrust(by=viewer.person, resource=resource, person=person)
        you = "toi" if viewer.person.profile == Profile.PUPIL else "vous"
        return f"{person.full_name} gère maintenant ce contenu avec {you}."

    form = OnePersonForm(request.POST, viewer=viewer_of(request))
    return _act(request, uuid, form, at="hand_over", do=do)


@require_POST
def cede(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """*Céder*: it becomes somebody else's once they accept."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> str:
        person = given["recipient"].persons[0]
        hand_over.offer(by=viewer.person, resource=resource, to=person)
        return (
            f"La cession est proposée à {person.full_name}. Rien ne change tant qu’elle n’est pas acceptée."
        )

    form = OnePersonForm(request.POST, viewer=viewer_of(request))
    return _act(request, uuid, form, at="hand_over", do=do)


@require_POST
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The owner thinks better of what they offered."""

    def do(viewer: Viewer, resource: Resource, given: dict[str, Any]) -> str:
        offer = Handover.objects.filter(resource=resource, answered_at__isnull=True).first()
        if offer is None:
            raise HandoverClosed()
        hand_over.take_back(by=viewer.person, handover=offer)
        return "La cession n’est plus proposée."

    return _act(request, uuid, forms.Form(request.POST), at="hand_over", do=do)


def _at(request: HttpRequest) -> str:
    """The line that a form stands in, so that a refusal is told there."""
    return request.POST.get("recipient", "")


def _line(resource: Resource, kind: str, key: UUID) -> dict[str, Any]:
    """The recipient of a line, from the grants that are there; raises NothingShared."""
    grants = Grant.objects.filter(resource=resource)
    if kind == "group":
        group = Group.objects.filter(uuid=key, pk__in=grants.values("group_id")).first()
        found: Any = group
    elif kind == "person":
        found = User.objects.filter(uuid=key, pk__in=grants.values("person_id")).first()
    else:
        found = key if grants.filter(origins__contains=[{"uuid": str(key)}]).exists() else None
    if found is None:
        raise NothingShared()
    return {kind: found}
