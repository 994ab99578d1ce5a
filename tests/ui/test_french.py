"""Dates, hours and numbers as French writes them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ui import french

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 9, 8, 18, 0, tzinfo=PARIS)


def test_a_day_is_named_without_a_capital():
    assert french.day(date(2026, 9, 8)) == "mardi 8 septembre"


def test_the_first_of_a_month_is_1er():
    assert french.day(date(2026, 9, 1)) == "mardi 1er septembre"
    assert french.day_year(date(2027, 1, 1)) == "1er janvier 2027"


def test_a_short_day_keeps_months_that_are_short_already():
    assert french.day_short(date(2026, 9, 8)) == "8 sept."
    assert french.day_short(date(2026, 8, 24)) == "24 août"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(9, 15), "9\u00a0h\u00a015"),
        (time(8, 0), "8\u00a0h"),
        (time(0, 5), "0\u00a0h\u00a005"),
    ],
)
def test_an_hour_does_not_break(at, words):
    assert french.hour(at) == words


def test_an_instant_is_told_in_the_school_s_time_zone(settings):
    instant = datetime(2026, 9, 7, 22, 30, tzinfo=ZoneInfo("UTC"))
    assert french.moment(instant) == "mardi 8 septembre à 0\u00a0h\u00a030"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=1), "il y a 1 minute"),
        (timedelta(minutes=20), "il y a 20 minutes"),
        (timedelta(hours=3), "aujourd’hui, 15\u00a0h"),
        (timedelta(days=1, hours=1, minutes=10), "hier, 16\u00a0h\u00a050"),
        (timedelta(days=4), "vendredi 4 septembre"),
        (timedelta(days=300), "12 novembre 2025"),
        (timedelta(days=-2), "jeudi 10 septembre"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(ago, words):
    assert french.when(NOW - ago, now=NOW) == words


def test_a_narrow_column_says_a_day_in_short() -> None:
    told = [french.when(NOW - timedelta(days=ago), now=NOW, short=True) for ago in (4, 300)]
    assert told == ["4 sept.", "12 novembre 2025"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (999, "999"),
        (1234, "1\u202f234"),
        (1012000, "1\u202f012\u202f000"),
        (1234.5, "1\u202f234,5"),
        (12.0, "12"),
        (-3, "\u22123"),
    ],
)
def test_thousands_are_parted_by_a_thin_space_and_decimals_by_a_comma(value, words):
    assert french.number(value) == words


def test_a_percentage_keeps_its_sign_beside_it():
    assert french.percent(31.04) == "31\u00a0%"
    assert french.percent(2.54) == "2,5\u00a0%"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 élève"), (1, "1 élève"), (2, "2 élèves"), (1200, "1\u202f200 élèves")]
)
def test_french_counts_many_from_two(count, words):
    assert french.counted(count, "élève") == words


def test_an_irregular_plural_is_given():
    assert french.counted(3, "niveau", "niveaux") == "3 niveaux"


def test_names_are_listed_with_et():
    assert french.listed([]) == ""
    assert french.listed(["Noé"]) == "Noé"
    assert french.listed(["Noé", "Jade"]) == "Noé et Jade"
    assert french.listed(["Noé", "Jade", "Lina"]) == "Noé, Jade et Lina"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.42, "0,4\u00a0s"),
        (12.3, "12\u00a0s"),
        (60, "1\u00a0min"),
        (200, "3\u00a0min\u00a020\u00a0s"),
        (3900, "1\u00a0h\u00a005\u00a0min"),
    ],
)
def test_a_duration_is_as_precise_as_it_is_useful(seconds, words):
    assert french.duration(seconds) == words


def test_a_sentence_breaks_nowhere_before_its_signs() -> None:
    told = french.unbroken("Refusée : « CP » manque ; voulez-vous ? Non !")
    assert told == "Refusée\u00a0: «\u00a0CP\u00a0» manque\u00a0; voulez-vous\u00a0? Non\u00a0!"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0\u00a0octet"),
        (812, "812\u00a0octets"),
        (96_400, "96\u00a0ko"),
        (999_600, "1\u00a0Mo"),
        (1_840_000, "1,8\u00a0Mo"),
        (14_200_000, "14\u00a0Mo"),
        (2_000_000_000, "2\u00a0Go"),
        (3_500_000_000_000_000, "3\u202f500\u00a0To"),
    ],
)
def test_a_size_is_said_as_shops_say_it(count, words):
    assert french.size(count) == words
