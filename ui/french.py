"""Dates, hours and numbers as French writes them. No-break spaces: U+00A0, and U+202F in numbers."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from core.text import fold

NBSP = "\u00a0"
THIN = "\u202f"

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def _local(moment: date) -> date:
    """An aware instant becomes the current zone's; a date stays."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _number_of_day(moment: date) -> str:
    return "1er" if moment.day == 1 else str(moment.day)


def day(moment: date) -> str:
    """« mardi 8 septembre »."""
    moment = _local(moment)
    return f"{DAYS[moment.weekday()]} {_number_of_day(moment)} {MONTHS[moment.month - 1]}"


def day_year(moment: date) -> str:
    """« 8 septembre 2026 »."""
    moment = _local(moment)
    return f"{_number_of_day(moment)} {MONTHS[moment.month - 1]} {moment.year}"


def day_short(moment: date) -> str:
    """« 8 sept. »."""
    moment = _local(moment)
    return f"{_number_of_day(moment)} {SHORT_MONTHS[moment.month - 1]}"


def hour(moment: datetime | time) -> str:
    """« 9 h 15 », « 9 h » on the hour, spaces unbreakable."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def moment(instant: datetime) -> str:
    """« mardi 8 septembre à 9 h 15 »."""
    return f"{day(instant)} à {hour(instant)}"


def moment_year(instant: datetime) -> str:
    """« 8 septembre 2026 à 9 h 15 »."""
    return f"{day_year(instant)} à {hour(instant)}"


def when(instant: datetime, *, now: datetime, short: bool = False) -> str:
    """How long ago, as people say it: « à l’instant », « il y a 20 minutes », « hier, 16 h 50 », a day.

    What is ahead of `now`, or of another year, is said whole. `short`, for a narrow column: « 8 sept. ».
    """
    instant_day, today = _local(instant), _local(now)
    days = (timezone.localtime(now).date() - timezone.localtime(instant).date()).days
    elapsed = now - instant
    if timedelta(0) <= elapsed < timedelta(minutes=1):
        return "à l’instant"
    if timedelta(0) <= elapsed < timedelta(hours=1):
        minutes = int(elapsed.total_seconds() // 60)
        return f"il y a {counted(minutes, 'minute')}"
    if days == 0:
        return f"aujourd’hui, {hour(instant)}"
    if days == 1:
        return f"hier, {hour(instant)}"
    if instant_day.year == today.year:
        return day_short(instant) if short else day(instant)
    return day_year(instant)


def number(value: float | Decimal) -> str:
    """« 1 234 », « 1 234,5 »: thousands parted by U+202F, a comma before decimals."""
    whole, _, decimals = f"{value:,}".partition(".")
    grouped = whole.replace(",", THIN).replace("-", "\u2212")
    decimals = decimals.rstrip("0")
    return f"{grouped},{decimals}" if decimals else grouped


def percent(value: float) -> str:
    """« 31 % » from 31; one decimal where there is one."""
    return f"{number(round(value, 1))}{NBSP}%"


def size(count: int) -> str:
    """« 812 octets », « 96 ko », « 1,8 Mo », « 2 Go »: thousands of bytes, as shops count them."""
    if count < 1000:
        return f"{count}{NBSP}{agree(count, 'octet')}"
    value = float(count)
    for unit in ("ko", "Mo", "Go", "To"):
        value /= 1000
        shown = round(value) if value >= 10 or unit == "ko" else round(value, 1)
        if shown < 1000 or unit == "To":
            return f"{number(shown)}{NBSP}{unit}"
    raise AssertionError(count)


def agree(count: float, one: str, many: str = "") -> str:
    """The word for this count: French counts many from 2 (« 0 élève », « 1,5 heure »)."""
    return one if abs(count) < 2 else many or f"{one}s"


def counted(count: int, one: str, many: str = "") -> str:
    """« 1 élève », « 1 234 élèves »."""
    return f"{number(count)} {agree(count, one, many)}"


def listed(words: list[str]) -> str:
    """« Noé », « Noé et Jade », « Noé, Jade et Lina »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def of(name: str) -> str:
    """« de Léa », « d’Élise »."""
    return f"d’{name}" if fold(name)[:1] in {*"aeiou"} else f"de {name}"


def duration(seconds: float) -> str:
    """« 0,4 s », « 12 s », « 3 min 20 s », « 1 h 05 min »."""
    if seconds < 10:
        return f"{number(round(seconds, 1))}{NBSP}s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole}{NBSP}s"
    minutes, left = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}{NBSP}min{NBSP}{left:02d}{NBSP}s" if left else f"{minutes}{NBSP}min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}{NBSP}h{NBSP}{minutes:02d}{NBSP}min"


def unbroken(text: str) -> str:
    """The same sentence with no-break spaces where French wants them: before : ; ? ! », after «."""
    for mark in (":", ";", "?", "!", "»"):
        text = text.replace(f" {mark}", f"{NBSP}{mark}")
    return text.replace("« ", f"«{NBSP}")
