"""What a person's card tells, part by part, by who looks: one rule for the card, the API and the table
« ce que les autres voient de moi »."""

from enum import StrEnum

from accounts.enums import Profile


class Stand(StrEnum):
    """In what quality someone looks at a card within their reach. `TEAM` and `ADMINISTRATOR`: of a school
    of the person, or of their children; `COLLEAGUE`: teachers and staff of elsewhere."""

    ONESELF = "oneself"
    TEAM = "team"
    COLLEAGUE = "colleague"
    RELATIVE = "relative"
    PUPIL = "pupil"
    GUEST = "guest"
    ADMINISTRATOR = "administrator"


class Part(StrEnum):
    """A part of a card. Children, relatives and teachers are those within the viewer's own reach."""

    NAME = "name"
    PICTURE = "picture"
    MOTTO = "motto"
    PLACES = "places"
    CHILDREN = "children"
    GUARDIANS = "guardians"
    TEACHERS = "teachers"
    BIRTH_DATE = "birth_date"
    WORK_MAIL = "work_mail"
    WORK_PHONE = "work_phone"
    OWN_MAIL = "own_mail"
    PHONES = "phones"
    ADDRESS = "address"


CLOSE = frozenset({Stand.TEAM, Stand.ADMINISTRATOR})
IN_TEAM = CLOSE | {Stand.COLLEAGUE}
CONTACT = frozenset({Part.WORK_MAIL, Part.WORK_PHONE, Part.OWN_MAIL, Part.PHONES, Part.ADDRESS})

_ALWAYS = frozenset({Part.NAME, Part.PICTURE, Part.MOTTO, Part.PLACES})
_WHOLE = frozenset({Part.OWN_MAIL, Part.PHONES, Part.ADDRESS})
_AT_WORK = frozenset({Part.WORK_MAIL, Part.WORK_PHONE})


def parts_of(profile: Profile, stand: Stand) -> frozenset[Part]:
    """The parts of the card of somebody of `profile`, for who looks as `stand`.

    A relative's mail, telephones and address are for themself and for the team of their children's
    schools; colleagues of one school read the mail and the number at work; a pupil's card has none of
    these, their birth date is for teams, and their relatives for teams, family and themself.
    """
    if profile == Profile.PUPIL:
        return _of_pupil(stand)
    shown = _ALWAYS
    if profile == Profile.RELATIVE:
        shown |= {Part.CHILDREN}
    if stand == Stand.ONESELF:
        return shown | _WHOLE
    if stand not in CLOSE:
        return shown
    return shown | (_WHOLE if profile == Profile.RELATIVE else _AT_WORK)


def _of_pupil(stand: Stand) -> frozenset[Part]:
    shown = _ALWAYS | {Part.TEACHERS}
    if stand in IN_TEAM or stand == Stand.ONESELF:
        shown |= {Part.BIRTH_DATE}
    if stand != Stand.PUPIL:
        shown |= {Part.GUARDIANS}
    return shown
