"""Answers kept ready: written by those who administer a place, used there and below."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.models import User
from core import audit, clock
from directory.querysets import standpoint_of
from directory.rules import Standpoint
from schools.models import Academy, District, School
from support.errors import CannedAnswerExists, NothingAnswered, NotYourPlace
from support.models import CannedAnswer, Ticket
from support.querysets import canned_written_by
from ui import rich_text

TITLE_LENGTH = 120
NAME, SCHOOL = "{nom}", "{école}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is kept; none of them: the platform."""

    school: School | None = None
    district: District | None = None
    academy: Academy | None = None

    @property
    def label(self) -> str:
        place = self.school or self.district or self.academy
        return place.name if place is not None else "Toute la plateforme"

    @property
    def key(self) -> str:
        """What forms call it by: `school:…`, `district:…`, `academy:…`, `platform`."""
        for name in ("school", "district", "academy"):
            place = getattr(self, name)
            if place is not None:
                return f"{name}:{place.uuid}"
        return "platform"


def places_of(me: Standpoint) -> list[Place]:
    """The places that someone administers themself, the nearest first. Three queries at most."""
    found: list[Place] = []
    if me.administered_schools:
        schools = School.objects.filter(pk__in=me.administered_schools).order_by("name", "uai")
        found += [Place(school=each) for each in schools]
    if me.administered_districts:
        districts = District.objects.filter(pk__in=me.administered_districts).order_by("name", "pk")
        found += [Place(district=each) for each in districts]
    if me.administered_academies:
        academies = Academy.objects.filter(pk__in=me.administered_academies).order_by("name", "pk")
        found += [Place(academy=each) for each in academies]
    return [*found, *([Place()] if me.platform else [])]


def keep(*, by: User, place: Place, title: str, body: str) -> CannedAnswer:
    """Keeps an answer for a place that one administers. Raises NotYourPlace, NothingAnswered,
    CannedAnswerExists."""
    if place.key not in {each.key for each in places_of(standpoint_of(by))}:
        raise NotYourPlace()
    made = CannedAnswer(school=place.school, district=place.district, academy=place.academy, made_by=by.uuid)
    return _written(by, made, title, body, verb="canned.created")


def change(*, by: User, answer: CannedAnswer, title: str, body: str) -> CannedAnswer:
    """Writes it anew. Raises NotYourPlace, NothingAnswered, CannedAnswerExists."""
    _require_own(by, answer)
    return _written(by, answer, title, body, verb="canned.changed")


def delete(*, by: User, answer: CannedAnswer) -> None:
    """Keeps it no more; what was answered with it stays. Raises NotYourPlace."""
    _require_own(by, answer)
    with audit.acting(by=by):
        _record("canned.deleted", answer)
        answer.delete()


def filled(answer: CannedAnswer, ticket: Ticket, *, names: bool) -> str:
    """The text of an answer for a request: `{nom}` is whoever asks, `{école}` their school."""
    name = ticket.author_name if names or ticket.author_profile not in {"RELATIVE", "PUPIL"} else ""
    told = rich_text.of_plain(name).removeprefix("<p>").removesuffix("</p>")
    place = rich_text.of_plain(ticket.place_name).removeprefix("<p>").removesuffix("</p>")
    body = answer.body.replace(NAME, told).replace(SCHOOL, place)
    return body.replace(" ,", ",") if not told else body


def _require_own(by: User, answer: CannedAnswer) -> None:
    if not canned_written_by(standpoint_of(by)).filter(pk=answer.pk).exists():
        raise NotYourPlace()


def _written(by: User, answer: CannedAnswer, title: str, body: str, *, verb: str) -> CannedAnswer:
    answer.title = " ".join(title.split())[:TITLE_LENGTH]
    answer.body = rich_text.clean(body)
    answer.text = rich_text.plain(answer.body)
    if not answer.title or not answer.text.strip():
        raise NothingAnswered()
    answer.changed_at = clock.now()
    with audit.acting(by=by):
        try:
            with transaction.atomic():
                answer.save()
        except IntegrityError as error:
            raise CannedAnswerExists() from error
        _record(verb, answer)
    return answer


def _record(verb: str, answer: CannedAnswer) -> None:
    school = answer.school.uuid if answer.school is not None else None
    audit.record(verb, school=school, after={"title": answer.title})
