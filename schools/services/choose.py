"""What a school chooses: its name, logo, message, quiet hours, reach between relatives, applications.

Each act says before and after in the log, but for the reach between relatives, a rule of communication that
the room above writes there with the others. Who may do it is asked above, by the room that knows people.
"""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from core import audit, clock
from core.storage.models import Blob
from core.storage.services import hold, let_go
from schools.errors import BadSetting
from schools.models import ApplicationOff, School, SchoolSettings
from schools.querysets import applications_off

NAME_LENGTH = 200
MESSAGE_LENGTH = 600


def rename(*, by: audit.Someone, school: School, name: str) -> School:
    """The name that the school goes by; '' gives back the feed's, which no feed changes meanwhile.

    Raises BadSetting.
    """
    chosen = " ".join(name.split())
    if len(chosen) > NAME_LENGTH:
        raise BadSetting(f"Ce nom est trop long : {NAME_LENGTH} caractères au plus.", field="name")
    with audit.acting(by=by):
        held = _school(school)
        fed = held.fed_name or held.name
        before = held.name
        held.name, held.fed_name = (chosen, fed) if chosen and chosen != fed else (fed, "")
        if held.name != before:
            held.save(update_fields=["name", "fed_name"])
            audit.record(
                "school.renamed", school=held.uuid, before={"name": before}, after={"name": held.name}
            )
    school.name, school.fed_name = held.name, held.fed_name
    return school


def set_message(
    *, by: audit.Someone, school: School, text: str, profiles: Collection[str] = (), until: date | None = None
) -> SchoolSettings:
    """What home pages of the school's people say until the end of a day; '' takes it off. No profile: all.

    Raises BadSetting.
    """
    text = text.strip()
    if len(text) > MESSAGE_LENGTH:
        raise BadSetting(f"Ce message est trop long : {MESSAGE_LENGTH} caractères au plus.", field="message")
    if text and (until is None or until < clock.today()):
        raise BadSetting(
            "Un message a une date de fin, à venir.", remedy="Choisissez son dernier jour.", field="until"
        )
    told = {
        "message": text,
        "message_profiles": sorted(profiles) if text else [],
        "message_until": until if text else None,
    }
    return _change(by, school, "school.message", told)


def set_quiet(
    *, by: audit.Someone, school: School, on: bool, starts: time, ends: time, weekends: bool
) -> SchoolSettings:
    """The hours at which the school is left in peace."""
    told = {"quiet": on, "quiet_from": starts, "quiet_until": ends, "quiet_weekends": weekends}
    return _change(by, school, "school.quiet_hours", told)


def set_logo(*, by: audit.Someone, school: School, blob: Blob | None) -> SchoolSettings:
    """The school's logo, a content of `schools.logo`; None takes it off. Raises StorageGone."""
    with audit.acting(by=by):
        settings = _held(school)
        former = settings.logo
        if former == blob:
            return settings
        if blob is not None:
            hold(blob)
        settings.logo = blob
        settings.save(update_fields=["logo"])
        if former is not None:
            let_go(former)
        audit.record(
            "school.logo",
            school=school.uuid,
            before={"logo": former is not None},
            after={"logo": blob is not None},
        )
    return settings


def set_reach(*, by: audit.Someone, school: School, relatives: bool) -> School:
    """Whether the relatives of one class may find, and write to, one another. Told in the log by the change
    of rules that it is part of (`directory.services.communication`)."""
    with audit.acting(by=by):
        held = _school(school)
        held.relatives_reach_relatives = relatives
        held.save(update_fields=["relatives_reach_relatives"])
    school.relatives_reach_relatives = relatives
    return school


def set_applications(*, by: audit.Someone, school: School, off: Mapping[str, Collection[str]]) -> None:
    """The profiles that each application named is closed to; those not named stay as they are."""
    with audit.acting(by=by):
        _school(school)
        former = applications_off(school)
        before = {key: sorted(former.get(key, ())) for key in off}
        after = {key: sorted(set(profiles)) for key, profiles in off.items()}
        if before == after:
            return
        rows = ApplicationOff.objects.filter(school=school, application__in=off)
        rows.delete()
        ApplicationOff.objects.bulk_create(
            ApplicationOff(school=school, application=key, profile=profile)
            for key, profiles in after.items()
            for profile in profiles
        )
        audit.record("school.applications", school=school.uuid, before=before, after=after)


def _change(by: audit.Someone, school: School, verb: str, told: dict[str, Any]) -> SchoolSettings:
    """Writes some settings; the same again leaves no trace."""
    with audit.acting(by=by):
        settings = _held(school)
        before = {key: getattr(settings, key) for key in told}
        if before != told:
            for key, value in told.items():
                setattr(settings, key, value)
            settings.save(update_fields=list(told))
            audit.record(verb, school=school.uuid, before=_written(before), after=_written(told))
    return settings


def _school(school: School) -> School:
    return School.objects.select_for_update(no_key=True).get(pk=school.pk)


def _held(school: School) -> SchoolSettings:
    """The school's row, made where it is not there, locked until the transaction ends."""
    SchoolSettings.objects.bulk_create([SchoolSettings(school=school)], ignore_conflicts=True)
    rows = SchoolSettings.objects.select_for_update(of=("self",), no_key=True).select_related("logo")
    settings = rows.get(school=school)
    settings.school = school
    return settings


def _written(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds them."""
    return {
        key: value.isoformat() if isinstance(value, date | time) else value for key, value in values.items()
    }
