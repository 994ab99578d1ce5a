"""Messages about accounts, in plain text."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import links
from accounts.enums import Profile
from accounts.models import User
from directory.leaving_notices import notices_of
from directory.models import Attachment, Guardianship
from schools.models import School
from ui.french import listed


def send_password_links(email: str) -> int:
    """Each account that this address opens, by name and school, with its link; in one message to the
    address as we keep it: two that a database takes for one may be two people's. Whoever has two logins, of
    accounts made one, is told of both.

    Answers how many accounts; 0 sends nothing.
    """
    theirs = Q(own_email__iexact=email) | Q(own_email="", email__iexact=email)
    holders = Q(merged_into__own_email__iexact=email) | Q(
        merged_into__own_email="", merged_into__email__iexact=email
    )
    found = User.everyone.filter(theirs | holders).select_related("merged_into")
    people = list(found.order_by("sort_name", "pk")[:20])
    schools = school_names([person.holder for person in people])
    kept: dict[str, list[dict[str, Any]]] = {}
    for person in people:
        account = {
            "person": person,
            "schools": listed(schools.get(person.holder.pk, [])),
            "url": _url("account:new_password", person.uuid, links.password_token(person)),
        }
        asked = person.contact_email.casefold() == email.casefold()
        address = person.contact_email if asked else person.holder.contact_email
        kept.setdefault(address.lower() if address.isascii() else address, []).append(account)
    for address, accounts in kept.items():
        _send(address, "Votre mot de passe Cartable", "password_links", {"accounts": accounts})
    return len(people)


def send_email_confirmation(person: User, email: str) -> None:
    """Asks the holder of an address whether it is theirs."""
    url = _url("account:confirm_email", links.email_token(person, email))
    _send(email, "Confirmez votre adresse", "confirm_email", {"person": person, "url": url})


def send_letters(people: Iterable[User], school: School) -> int:
    """The first sign-in of each, at their address: a link and no code; answers how many."""
    sent = 0
    for person in people:
        if not person.contact_email:
            continue
        context = {
            "person": person,
            "school": school,
            "url": _url("account:new_password", person.uuid, links.password_token(person)),
            "forgotten": _url("account:forgotten"),
        }
        _send(person.contact_email, f"Votre compte Cartable – {school.name}", "letter", context)
        sent += 1
    return sent


def tell_leaving(people: Iterable[User]) -> int:
    """Tells the absent, some days before, that their account will close: them, and of a pupil's the legal
    relatives; one mail each, whatever it tells of. Answers how many."""
    return _tell_of_leaving(people, "leaving")


def tell_pre_deleted(people: Iterable[User]) -> int:
    """The same, once their accounts are closed."""
    return _tell_of_leaving(people, "pre_deleted")


def _tell_of_leaving(people: Iterable[User], template: str) -> int:
    told = notices_of(people)
    for notice in told:
        pupil = notice.person.profile == Profile.PUPIL
        context = {
            "person": notice.person,
            "own": notice.own,
            "children": notice.children,
            "pupil": pupil,
            "url": _url("account:leaving" if notice.own else "account:sign_in"),
        }
        _send(
            notice.person.contact_email, notice.subject(closed=template == "pre_deleted"), template, context
        )
    return len(told)


def school_names(people: Iterable[User]) -> dict[int, list[str]]:
    """The schools of some people, theirs or their children's, by name. Two queries."""
    ids = [person.pk for person in people]
    found: dict[int, list[str]] = {}
    own = Attachment.objects.filter(person_id__in=ids, ended_on__isnull=True)
    through = Guardianship.objects.filter(
        relative_id__in=ids, ended_on__isnull=True, pupil__attachment__ended_on__isnull=True
    )
    rows = [
        *own.values_list("person_id", "school__name"),
        *through.values_list("relative_id", "pupil__attachment__school__name"),
    ]
    for person, name in sorted(set(rows)):
        found.setdefault(person, []).append(name)
    return found


def _url(name: str, *args: object) -> str:
    return settings.CARTABLE_URL.rstrip("/") + reverse(name, args=args)


def _send(to: str, subject: str, template: str, context: Mapping[str, Any]) -> None:
    body = render_to_string(f"directory/mails/{template}.txt", dict(context))
    EmailMessage(subject=subject, body=body, to=[to]).send()
