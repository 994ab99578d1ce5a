"""What a turn of the year tells the teams of a school: that it passed, that it went back."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.enums import Profile
from directory.enums import GroupKind
from directory.models import Group
from directory.rules import TEAM
from rollover.figures import purged_in
from rollover.models import Turnover
from timeline import kinds
from timeline.kinds import Kind, Telling, Told
from timeline.services.record import Happening, record_all
from ui.french import agree, counted

TURNED = "rollover.turned"
TURNED_BACK = "rollover.turned_back"


def tell_turned(turned: Sequence[Turnover]) -> None:
    """The teams of these schools learn that their year has passed."""
    _tell(TURNED, turned, None)


def tell_turned_back(turnovers: Sequence[Turnover], by: UUID | None) -> None:
    """The teams of these schools learn that it went back."""
    _tell(TURNED_BACK, turnovers, by)


def _tell(kind: str, turnovers: Sequence[Turnover], by: UUID | None) -> None:
    schools = [each.school_id for each in turnovers]
    team = Q(kind=GroupKind.SCHOOL, profile__in=TEAM) | Q(kind=GroupKind.DIRECTION)
    groups: dict[int, list[int]] = {}
    for school, group in Group.objects.filter(team, school__in=schools).values_list("school_id", "pk"):
        groups.setdefault(school, []).append(group)
    record_all(
        Happening(
            kind=kind,
            by=by,
            groups=groups.get(each.school_id, ()),
            school=each.school_id,
            about=each.uuid,
            data={"from": each.from_year, "to": each.to_year, "grants": purged_in(each.figures)},
        )
        for each in turnovers
    )


def _turned_words(telling: Telling) -> Told:
    event = telling.events[0]
    year, grants = event.data["to"], event.data["grants"]
    ended = f"{counted(grants, 'partage')} {agree(grants, 'a pris fin', 'ont pris fin')} dans l’école"
    return Told(
        f"{_school(telling)} est passée à l’année {year}-{year + 1}",
        ended if grants else "Les classes de l’an dernier ont pris fin",
        reverse("rollover:mine"),
    )


def _turned_back_words(telling: Telling) -> Told:
    year = telling.events[0].data["from"]
    return Told(
        f"{_school(telling)} est revenue à l’année {year}-{year + 1}",
        "Les partages de cette année-là sont de retour",
        reverse("rollover:mine"),
    )


def _school(telling: Telling) -> str:
    school = telling.events[0].school
    return school.name if school else "L’école"


def register() -> None:
    """To be called in `ready()`."""
    for key, order, words in ((TURNED, 60, _turned_words), (TURNED_BACK, 61, _turned_back_words)):
        kinds.register(
            Kind(
                key=key,
                order=order,
                app="rollover",
                app_label="Changement d’année",
                label="Mon école change d’année" if key == TURNED else "Un changement d’année est annulé",
                icon="flag",
                cover="coral",
                words=words,
                profiles=frozenset({Profile.TEACHER, Profile.STAFF}),
                grouped=False,
            )
        )
