"""Letters of a first sign-in, printed or mailed by whoever administers the school.

What is printed bears a code for whoever never chose a password; for the others their login, and how to find a
password again. The QR leads to the page of activation with the login filled in, never the code: an address
is kept by browsers, proxies and logs, and a code opens an account. A mail bears no code either, but a link that
works once, for a day; past it, *Mot de passe oublié* sends another to the same mailbox.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from accounts import attempts
from accounts.enums import Profile
from accounts.models import User
from core import audit, pdf
from core.audit import Entry
from core.progress import Progress
from core.storage.errors import StorageGone
from core.storage.services import opened
from directory.annuaire.lines import of_name
from directory.authority import require_school
from directory.letters import Letter, LettersAsked, letters_for
from directory.services.codes import codes_to_print, people_looked_after_by, renew_codes
from directory.tasks import send_letters
from schools.models import School
from schools.querysets import settings_of
from ui.french import listed

DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Chosen:
    """The letters that someone may have, and whose they may not: of those who administer more than they."""

    letters: list[Letter]
    kept_back: list[User]


def letters_of(*, by: User, school: School, asked: LettersAsked) -> Chosen:
    """Raises NotYours. Eight queries or so, whatever the number of people."""
    require_school(by, school)
    found = letters_for(school, asked)
    keys = [letter.person.pk for letter in found if letter.new]
    mine = set(people_looked_after_by(by).filter(pk__in=keys).values_list("pk", flat=True))
    held = [letter for letter in found if letter.new and letter.person.pk not in mine]
    kept_back = {letter.person.pk for letter in held}
    return Chosen(
        [letter for letter in found if letter.person.pk not in kept_back], [letter.person for letter in held]
    )


def print_letters(
    *, by: User, school: School, asked: LettersAsked, layout: str, renew: bool, progress: Progress
) -> tuple[bytes, int]:
    """The PDF, and how many letters it holds. `layout`: `page`, one a page; `slips`, several to cut out.
    `renew` first gives new codes to those who never signed in: the letters of before open nothing more.

    Raises NotYours. Recorded: who printed how many, and each code printed.
    """
    progress.step("Courriers rassemblés")
    with audit.acting(by=by):
        letters = letters_of(by=by, school=school, asked=asked).letters
        new = [letter.person for letter in letters if letter.new and letter.person.pk != by.pk]
        if renew and new:
            renew_codes(by=by, people=new)
            letters = letters_of(by=by, school=school, asked=asked).letters
        codes = codes_to_print(by=by, people=[letter.person for letter in letters if letter.new])
        audit.record(
            "school.letters_printed",
            school=school.uuid,
            after={"letters": len(letters), "codes": len(codes), "renewed": renew, **_asked(asked)},
        )
    progress.step("Pages dessinées", len(letters))
    told = []
    for letter in letters:
        told.append(_told(letter, codes.get(letter.person.pk, "")))
        progress.advance()
    progress.step("Fichier préparé")
    data = {
        "school": school.name,
        "city": school.city,
        "site": _site(),
        "logo": _logo(school),
        "layout": layout,
        "letters": told,
    }
    return pdf.draw("directory", "letters", data), len(letters)


def mail_letters(*, by: User, school: School, asked: LettersAsked) -> int:
    """Writes to those who never signed in and whose address is known: a link, no code. Once a day each, to
    adults; answers how many. Raises NotYours."""
    letters = letters_of(by=by, school=school, asked=asked).letters
    people = [
        letter.person
        for letter in letters
        if letter.may_be_mailed
        and attempts.allow("letter-mail", str(letter.person.uuid), times=1, seconds=DAY)
    ]
    with audit.acting(by=by):
        audit.record_all(
            Entry(verb="account.letter_mailed", subject=person.uuid, school=school.uuid) for person in people
        )
        if people:
            keys = [person.pk for person in people]
            transaction.on_commit(lambda: send_letters.delay(keys, school.pk))
    return len(people)


def activation_address(person: User) -> str:
    """Where a letter's QR leads: the first sign-in with the login filled in; the sign-in of who had theirs."""
    if person.activated_at is not None:
        return f"{_root()}{reverse('account:sign_in')}"
    query = urlencode({"identifiant": person.username})
    return f"{_root()}{reverse('account:activation')}?{query}"


def _told(letter: Letter, code: str) -> dict[str, Any]:
    person = letter.person
    return {
        "pupil": person.profile == Profile.PUPIL,
        "name": " ".join(filter(None, [person.civility, person.full_name]))
        if person.profile != Profile.PUPIL
        else person.full_name,
        "first_name": person.first_name,
        "section": letter.section,
        "parent": f"Parent {of_name(listed(list(letter.children)))}" if letter.children else "",
        "login": person.username,
        "code": code,
        "mail": bool(person.contact_email),
        "qr": pdf.qr(activation_address(person)),
    }


def _logo(school: School) -> list[int]:
    """The bytes of the school's logo, as numbers, which is what JSON holds; none where it has none, or where
    the storage does not give it now: letters go without."""
    blob = settings_of(school).logo
    if blob is None:
        return []
    try:
        with opened(blob) as held:
            return list(held.read())
    except StorageGone:
        return []


def _asked(asked: LettersAsked) -> dict[str, Any]:
    told = asked.told()
    return told | {"people": len(told["people"])}


def _root() -> str:
    return settings.CARTABLE_URL.rstrip("/")


def _site() -> str:
    return _root().removeprefix("https://").removeprefix("http://")
