"""A school's notices: written, posted, edited, withdrawn, put back, erased; by whoever administers it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from directory.authority import require_school
from directory.models import Group, SchoolClass
from home import rules
from home.enums import Stage, Weight
from home.errors import ForNobody, NothingToTell, NotInThisStage, WrongDates
from home.models import TITLE_LENGTH, Notice, NoticeAudience
from home.querysets import groups_for
from home.services.tell import tell
from schools.models import School
from ui import rich_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that a form of a notice holds. `body` is HTML as it came; no class is the whole school."""

    title: str
    body: str
    profiles: Sequence[Profile]
    starts_on: date
    ends_on: date
    classes: Sequence[SchoolClass] = ()
    weight: Weight = Weight.NORMAL
    asks: bool = False


def stage_of(notice: Notice) -> Stage:
    """What a notice is today."""
    return rules.stage(
        posted=notice.posted_at is not None,
        withdrawn=notice.withdrawn_at is not None,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        today=clock.today(),
    )


def write(*, by: User, school: School, words: Words) -> Notice:
    """A draft. Raises NotYours, WrongDates, ForNobody for a class of elsewhere."""
    require_school(by, school)
    with audit.acting(by=by):
        notice = Notice(school=school, author=by.uuid)
        _keep(notice, words)
        audit.record("notice.written", school=school.uuid, after=_told(notice))
    return notice


def edit(*, by: User, notice: Notice, words: Words) -> Notice:
    """Changes what it says, and to whom; what is posted must still be fit to be.

    Raises NotYours, WrongDates, NotInThisStage once it is withdrawn; for what is posted NothingToTell,
    ForNobody.
    """
    require_school(by, notice.school)
    with audit.acting(by=by):
        found = _locked(notice)
        if found.withdrawn_at is not None:
            raise NotInThisStage()
        before = _told(found)
        _keep(found, words)
        if found.posted_at is not None:
            _require_fit(found)
            tell(found)
        audit.record("notice.edited", school=found.school.uuid, before=before, after=_told(found))
    return found


def post(*, by: User, notice: Notice) -> Notice:
    """It stands from its first day on; told at once where that day has come, by a task later.

    Raises NotYours, NotInThisStage where it is no draft, NothingToTell, ForNobody, WrongDates where it is over.
    """
    require_school(by, notice.school)
    with audit.acting(by=by):
        found = _locked(notice)
        if stage_of(found) != Stage.DRAFT:
            raise NotInThisStage()
        _require_fit(found)
        if found.ends_on < clock.today():
            raise WrongDates("Cette actualité est déjà terminée.")
        found.posted_at = clock.now()
        found.save(update_fields=["posted_at"])
        tell(found)
        audit.record("notice.posted", school=found.school.uuid, after=_told(found))
    return found


def withdraw(*, by: User, notice: Notice) -> Notice:
    """Nobody reads it any more, nor its line in what is new; it can be put back. Raises NotYours,
    NotInThisStage for a draft, or twice."""
    require_school(by, notice.school)
    with audit.acting(by=by):
        found = _locked(notice)
        if stage_of(found) in {Stage.DRAFT, Stage.WITHDRAWN}:
            raise NotInThisStage()
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        audit.record("notice.withdrawn", school=found.school.uuid, before=_told(found))
    return found


def put_back(*, by: User, notice: Notice) -> Notice:
    """As it was before it was withdrawn, those who have read it too. Raises NotYours, NotInThisStage."""
    require_school(by, notice.school)
    with audit.acting(by=by):
        found = _locked(notice)
        if found.withdrawn_at is None:
            raise NotInThisStage()
        found.withdrawn_at = None
        found.save(update_fields=["withdrawn_at"])
        tell(found)
        audit.record("notice.put_back", school=found.school.uuid, after=_told(found))
    return found


def erase(*, by: User, notice: Notice) -> None:
    """For good, with who has read it: a draft, or what was withdrawn first. Raises NotYours, NotInThisStage."""
    require_school(by, notice.school)
    with audit.acting(by=by):
        found = _locked(notice)
        if stage_of(found) not in {Stage.DRAFT, Stage.WITHDRAWN}:
            raise NotInThisStage("Retirez d’abord cette actualité.")
        audit.record("notice.erased", school=found.school.uuid, before=_told(found))
        found.delete()


def _locked(notice: Notice) -> Notice:
    rows = Notice.objects.select_for_update(of=("self",), no_key=True).select_related("school")
    found = rows.filter(pk=notice.pk).first()
    if found is None:
        raise NotInThisStage()
    return found


def _keep(notice: Notice, words: Words) -> None:
    """Writes a notice and its groups."""
    if not rules.dates_hold(words.starts_on, words.ends_on):
        raise WrongDates()
    if any(each.school_id != notice.school_id for each in words.classes):
        raise ForNobody("Cette classe n’est pas de cette école.")
    # Spaces that do not break are the writer’s: they stay.
    notice.title = re.sub(r"[ \t\r\n]+", " ", words.title).strip()[:TITLE_LENGTH]
    notice.body = rich_text.clean(words.body)
    notice.profiles = sorted({Profile(each).value for each in words.profiles})
    notice.weight = words.weight
    notice.asks = words.asks and Profile.RELATIVE.value in notice.profiles
    notice.starts_on, notice.ends_on = words.starts_on, words.ends_on
    notice.changed_at = clock.now()
    notice.save()
    asked = groups_for(notice.school_id, [Profile(each) for each in notice.profiles], words.classes)
    wanted = set(Group.objects.filter(asked).values_list("pk", flat=True))
    rows = NoticeAudience.objects.filter(notice=notice)
    rows.exclude(group_id__in=wanted).delete()
    NoticeAudience.objects.bulk_create(
        [NoticeAudience(notice=notice, group_id=group) for group in sorted(wanted)], ignore_conflicts=True
    )


def _require_fit(notice: Notice) -> None:
    if not notice.title:
        raise NothingToTell()
    if not NoticeAudience.objects.filter(notice=notice).exists():
        raise ForNobody()


def _told(notice: Notice) -> dict[str, Any]:
    return {
        "notice": str(notice.uuid),
        "title": notice.title,
        "profiles": notice.profiles,
        "starts_on": notice.starts_on.isoformat(),
        "ends_on": notice.ends_on.isoformat(),
    }
