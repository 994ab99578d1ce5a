"""What was done to a person, and where they stand, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from accounts.enums import Lifecycle, Profile
from accounts.models import User
from directory.administered_card import Act, AdministeredCard, Open
from directory.enums import ConsentBy, Scope, TieLimit
from ui.french import NBSP, counted, day_year, listed, moment_year

VERBS = {
    "account.created": "Compte créé à la main",
    "account.edited": "Identité corrigée",
    "account.activated": "Compte activé",
    "account.code_printed": "Code d’activation imprimé",
    "account.code_renewed": "Nouveau code donné",
    "account.letter_mailed": "Courriel de première connexion envoyé",
    "account.password_given": "Mot de passe facile donné",
    "account.pictures_given": "Images de connexion données",
    "account.pre_deleted": "Compte pré-supprimé",
    "account.restored": "Compte restauré",
    "account.leaving_told": "Personne prévenue de la fermeture du compte",
    "account.objected": "Contenus laissés aux autres\u00a0: à supprimer avec le compte",
    "account.objection_lifted": "Contenus laissés aux autres\u00a0: ils peuvent rester",
    "account.merged": "Doublon réuni à ce compte",
    "account.unmerged": "Doublon séparé de ce compte",
    "account.said_distinct": "Dit distinct d’une personne qui lui ressemble",
    "person.attached": "Rattachement à l’école",
    "person.detached": "Détachement de l’école",
    "person.detachment_undone": "Rattachement de nouveau",
    "class.teacher_attached": "Classe ajoutée",
    "class.teacher_detached": "Classe retirée",
    "class.pupil_attached": "Entrée dans une classe",
    "block.person": "Compte bloqué",
    "block.lifted": "Compte débloqué",
    "tie.made": "Lien de parenté ajouté",
    "tie.restricted": "Décision sur un lien de parenté",
    "tie.restriction_lifted": "Lien de parenté rétabli",
    "tie.ended": "Lien de parenté terminé",
    "photo.consent_said": "Autorisation de photo",
    "administrator.given": "Droits d’administration donnés",
    "administrator.taken": "Droits d’administration retirés",
    "documents.limit_set": "Espace de documents changé",
}
FIELDS = {
    "first_name": "prénom",
    "last_name": "nom",
    "birth_date": "date de naissance",
    "civility": "civilité",
    "email": "courriel",
    "mobile_phone": "téléphone",
    "login": "identifiant",
    "profile": "profil",
    "function": "fonction",
    "class": "classe",
    "classes": "classes",
    "pupil": "élève",
    "legal": "responsable légal",
    "limit": "décision",
    "reason": "motif",
    "starts_at": "à partir du",
    "ends_at": "jusqu’au",
    "allowed": "autorisée",
    "said_by": "dit par",
    "scope": "étendue",
    "absent_since": "absent depuis",
}
_CHOICES = (Profile, TieLimit, ConsentBy, Scope)
_STATES = {
    Lifecycle.ACTIVE: ("ok", "circle-check"),
    Lifecycle.NEVER_ACTIVATED: ("", "circle-dashed"),
    Lifecycle.ABSENT: ("warn", "hourglass"),
    Lifecycle.PRE_DELETED: ("bad", "user-minus"),
}


@dataclass(frozen=True, slots=True)
class ActLine:
    """A line of the history: what, who, when, from what to what."""

    title: str
    who: str
    at: datetime
    school: str
    before: str
    after: str


def act_line(act: Act, names: Mapping[str, str]) -> ActLine:
    """`names` gives people and classes by their UUID (`administered_card.named_in`)."""
    who = act.actor or ("l’alimentation" if act.by_feed else "le système")
    title = VERBS.get(act.verb, "Autre opération")
    return ActLine(title, who, act.at, act.school, _said(act.before, names), _said(act.after, names))


def _said(values: Mapping[str, Any], names: Mapping[str, str]) -> str:
    told = [(FIELDS[key], _value(value, names)) for key, value in values.items() if key in FIELDS]
    return ", ".join(f"{field}{NBSP}: {text}" for field, text in told if text)


def _value(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return listed([_value(each, names) for each in value])
    if isinstance(value, bool):
        return "oui" if value else "non"
    text = str(value or "")
    for choices in _CHOICES:
        if text in choices.values:
            return str(choices(text).label)
    instant = parse_datetime(text) if "T" in text else None
    return moment_year(instant) if instant else names.get(text, text)


@dataclass(frozen=True, slots=True)
class State:
    text: str
    tone: str
    icon: str


def states(card: AdministeredCard) -> list[State]:
    """Where the account stands; a block, beside."""
    lifecycle = card.person.lifecycle
    tone, icon = _STATES[lifecycle]
    found = [State(str(lifecycle.label), tone, icon)]
    if card.kept_out is not None:
        found.append(State("bloqué", "warn", "lock"))
    return found


def sign_in_words(person: User) -> str:
    """Whether they ever signed in, and what their code is good for."""
    if person.activated_at is None:
        return "Jamais activé : le code d’activation ouvre le compte."
    if person.code_open:
        return "Activé autrefois : le nouveau code attend sa première utilisation."
    return f"Activé le {moment_year(person.activated_at)}."


def leaving_words(card: AdministeredCard) -> list[tuple[str, str]]:
    """The days of an absence, as its person is told them; nothing for who is here."""
    days = card.leaving
    if days is None:
        return []
    told = card.person.leaving_told_on
    found = [("Absence connue", f"depuis le {day_year(days.absent_since)}")]
    if told is not None:
        found.append(("Personne prévenue", f"le {day_year(told)}"))
    elif not days.closed:
        found.append(("Personne prévenue", f"le {day_year(days.told_from)}, dans la page et par courriel"))
    closed = f"{'depuis le' if days.closed else 'le'} {day_year(days.pre_deleted_on)}"
    found += [
        ("Compte pré-supprimé", closed),
        ("Compte supprimé", f"à partir du {day_year(days.deleted_on)}"),
    ]
    if days.objected:
        found.append(("Contenus laissés aux autres", "à supprimer avec le compte, à sa demande"))
    return found


def code_act(person: User) -> str:
    """The name of the act that opens the account."""
    return "Code d’activation" if person.activated_at is None else "Nouveau mot de passe"


def ending_words(person: User, open_: Open) -> str:
    """Why the account can be ended in this way, or cannot."""
    days = counted(settings.CARTABLE_PRE_DELETION_DAYS, "jour")
    if open_.own:
        return "C’est votre compte : un autre administrateur peut agir dessus."
    if open_.gone:
        return "Cette personne n’est plus d’une école que vous administrez : rattachez-la pour agir sur son compte."
    if open_.outranked:
        return "Cette personne administre plus que vous : seul un administrateur de la même étendue agit sur son compte."
    if open_.pre_deleted:
        return "Ce compte est pré-supprimé : il peut être restauré entier jusqu’à sa suppression."
    if open_.fed:
        return (
            f"Ce compte vient de l’alimentation ({person.get_source_display()}) : il ne se supprime pas à la main. "
            "Si la personne a quitté votre école, détachez-la ; l’alimentation fera le reste."
        )
    if open_.elsewhere:
        return "Cette personne appartient aussi à une école que vous n’administrez pas : détachez-la de la vôtre."
    if open_.used:
        return f"Ce compte a déjà servi : il est d’abord pré-supprimé, et peut encore être restauré entier pendant {days}."
    return "Ce compte n’a jamais servi : il se supprime tout de suite."


def origin(person: User) -> str:
    """Where what is said of them comes from."""
    return f"source : {person.get_source_display()}"
