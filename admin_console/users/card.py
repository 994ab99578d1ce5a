"""What the page of a person tells."""

from typing import Any

from django.http import HttpRequest

from accounts.enums import Profile
from accounts.models import User
from accounts.requests import person_of
from admin_console.users import card_words as words
from admin_console.users.beside import from_card
from admin_console.users.card_gate import LIST_NAME, struck_schools
from directory.administered_card import (
    AdministeredCard,
    administered_card,
    classes_awaited,
    classes_offered,
    named_in,
)
from directory.models import SchoolClass
from ui.french import day_year, listed, moment, unbroken


def told(request: HttpRequest, person: User) -> dict[str, Any]:
    """The context of the card; a fixed number of queries."""
    card = administered_card(person, person_of(request))
    struck = struck_schools(request, person)
    names = named_in(card.history)
    schools = card.teaches_in
    taken = {tie.school_class.pk for tie in card.classes}
    offered = [each for each in classes_offered(schools) if each.pk not in taken] if schools else []
    return {
        "card": card,
        "person": person,
        "carried": from_card(request),
        "states": words.states(card),
        "list_name": LIST_NAME,
        "home": next((tie.school for tie in card.schools if tie.mine), None),
        "origin": words.origin(person),
        "sign_in": unbroken(words.sign_in_words(person)),
        "code_act": words.code_act(person),
        "ending": unbroken(words.ending_words(person, card.open)),
        "facts": facts(person),
        "leaving": words.leaving_words(card),
        "struck": [
            (gone.school, moment(struck[gone.school.uuid]))
            for gone in card.detached
            if gone.school.uuid in struck
        ],
        "detached": [gone for gone in card.detached if gone.school.uuid not in struck],
        "alike": [(pair.second, listed([reason.label for reason in pair.reasons])) for pair in card.alike],
        "may_detach": card.open.acts,
        "offered": offered,
        "several_schools": len(schools) > 1,
        "teaches": bool(schools),
        "awaited": _awaited(card),
        "past": _past(card),
        "pupil": person.profile == Profile.PUPIL,
        "relative": person.profile == Profile.RELATIVE,
        "acts": [words.act_line(act, names) for act in card.history],
    }


def facts(person: User) -> list[tuple[str, str, str]]:
    """What is known of who they are: its name, its value, where it comes from."""
    source = f"{person.get_source_display()}"
    said = [
        ("Identifiant", person.username, "gardé à vie"),
        ("Prénom", person.first_name, source),
        ("Nom", person.last_name, source),
        ("Nom de naissance", person.birth_name, source),
        ("Date de naissance", day_year(person.birth_date) if person.birth_date else "", source),
        ("INE", person.ine, source),
        ("Courriel", person.email, source),
        ("Courriel choisi", person.own_email, "la personne"),
        ("Téléphone", person.mobile_phone or person.home_phone or person.work_phone, source),
    ]
    return [fact for fact in said if fact[1]]


def _awaited(card: AdministeredCard) -> list[SchoolClass]:
    """Last year's classes that have not arrived, of the one school where a class can be added."""
    schools = card.teaches_in
    return classes_awaited(schools[0]) if len(schools) == 1 else []


def _past(card: AdministeredCard) -> str:
    """Last year's classes, in a line; '' once there is one this year."""
    labels = [tie.school_class.label for tie in card.past_classes]
    return listed(labels) if labels else ""
