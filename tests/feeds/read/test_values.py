"""Values as files write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.read.codes import Code
from feeds.read.values import (
    birth_date,
    clean,
    clean_lines,
    label_key,
    read_civility,
    read_date,
    read_flag,
    read_ine,
    read_level,
    read_phone,
    read_postal_code,
    read_uai,
)
from schools.rules import uai_letter

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS)
def test_a_day_reads_the_same_in_each_of_its_writings(day: date) -> None:
    iso = day.isoformat()
    writings = [
        iso,
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.year}-{day.month}-{day.day}",
    ]
    assert {read_date(text) for text in writings} == {iso}


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_day_or_a_named_fault(text: str) -> None:
    found, fault = birth_date(text, latest="2026-11-25")
    assert (found is None) != (fault is None)
    if found:
        assert date.fromisoformat(found) <= date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.BIRTH_DATE_MISSING),
        ("mars 2018", Code.BIRTH_DATE_UNREADABLE),
        ("3/9/18", Code.BIRTH_DATE_UNREADABLE),
        ("31/02/2018", Code.BIRTH_DATE_IMPOSSIBLE),
        ("2018-13-40", Code.BIRTH_DATE_IMPOSSIBLE),
        ("12/04/0018", Code.BIRTH_DATE_IMPOSSIBLE),
        ("26/11/2026", Code.BIRTH_DATE_FUTURE),
    ],
)
def test_a_birth_date_that_cannot_be_used_says_why(text: str, code: Code) -> None:
    assert birth_date(text, latest="2026-11-25") == (None, code)


def test_the_day_comes_before_the_month() -> None:
    assert read_date("05/04/2019") == "2019-04-05"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("L&apos;H&Eacute;RITIER", "L'HÉRITIER"),
        ("Ma&#xEB;l", "Maël"),
        ("D&#039;AUBIGNY", "D'AUBIGNY"),
        ("CP &amp; CE1", "CP & CE1"),
        ("CP & CE1; CE2", "CP & CE1; CE2"),
        ("R&D&copy", "R&D&copy"),
        ("No\u0065\u0308l", "Noël"),
        (" Marie\u00a0 Anne\n", "Marie Anne"),
        ("a&#0;b", "a\ufffdb"),
        ("a\u0092b", "ab"),
    ],
)
def test_a_text_is_opened_once_composed_and_trimmed(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_a_clean_text_can_always_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert "\0" not in cleaned
    assert cleaned == cleaned.strip()
    assert "\n" not in cleaned


def test_the_lines_of_an_address_are_kept_and_its_ends_are_not() -> None:
    assert clean_lines("1 rue des Écoles$$", mark="$") == "1 rue des Écoles"
    assert clean_lines('Rés. "Les Tilleuls"\nBât. B ; porte 12\n4  rue Verte') == (
        'Rés. "Les Tilleuls"\nBât. B ; porte 12\n4 rue Verte'
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ("", False, None)),
        (" 110000001ab ", ("110000001AB", True, None)),
        ("0501234567X", ("0501234567X", True, None)),
        ("00000000000", ("", False, Code.INE_PLACEHOLDER)),
        ("000000000AA", ("", False, Code.INE_PLACEHOLDER)),
        ("XXXXXXXXXXX", ("", False, Code.INE_PLACEHOLDER)),
        ("INCONNU", ("", False, Code.INE_PLACEHOLDER)),
        ("11111111111", ("", False, Code.INE_PLACEHOLDER)),
        ("1234", ("1234", False, Code.INE_MALFORMED)),
        ("110000001A-B", ("110000001A-B", False, Code.INE_MALFORMED)),
    ],
)
def test_an_ine_joins_only_when_it_has_the_shape_of_one(
    text: str, read: tuple[str, bool, Code | None]
) -> None:
    assert read_ine(text) == read


@given(st.integers(min_value=0, max_value=9_999_999))
def test_a_uai_ends_with_the_letter_of_its_digits(number: int) -> None:
    digits = f"{number:07d}"
    assert read_uai(f" {digits}{uai_letter(digits).lower()} ") == digits + uai_letter(digits)
    assert read_uai(digits) == ""


def test_the_letter_of_a_known_school() -> None:
    assert uai_letter("0751000") == "E"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("612345678", "0612345678"),
        ("06 12.34-56 78", "0612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("poste 12", "poste 12"),
        ("", ""),
        ("17", "17"),
    ],
)
def test_a_telephone_gets_back_its_zero_and_loses_its_spaces(text: str, shown: str) -> None:
    assert read_phone(text) == shown


@pytest.mark.parametrize(
    ("code", "country", "shown"),
    [
        ("1500", "", "01500"),
        ("1500", "FRANCE", "01500"),
        ("1000", "Belgique", "1000"),
        ("59000", "", "59000"),
    ],
)
def test_a_french_post_code_gets_back_its_zero(code: str, country: str, shown: str) -> None:
    assert read_postal_code(code, country) == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TOUTE PETITE SECTION", "TPS"),
        ("COURS PREPARATOIRE", "CP"),
        ("COURS ELEMENTAIRE 1ERE ANNEE", "CE1"),
        ("Cours élémentaire 2ème année", "CE2"),
        ("COURS MOYEN 1ERE ANNEE", "CM1"),
        ("COURS MOYEN 2EME ANNEE", "CM2"),
        ("cm2", "CM2"),
        ("CM 1", "CM1"),
        ("CLIS", "ULIS"),
        ("", ""),
        ("6EME", None),
    ],
)
def test_a_level_is_read_in_words_and_in_code(text: str, code: str | None) -> None:
    assert read_level(text) == code


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("O", True),
        ("o", True),
        ("Oui", True),
        ("1", True),
        ("N", False),
        ("non", False),
        ("", None),
        ("2", None),
    ],
)
def test_a_flag_is_yes_no_or_unsaid(text: str, flag: bool | None) -> None:
    assert read_flag(text) is flag


@pytest.mark.parametrize(
    ("text", "shown"), [("MME", "Mme"), ("Mlle", "Mme"), ("M.", "M."), ("Dr", ""), ("", "")]
)
def test_a_civility_is_one_of_two(text: str, shown: str) -> None:
    assert read_civility(text) == shown


def test_spaces_and_case_do_not_make_two_classes() -> None:
    assert {label_key(label) for label in ("CE1 A ", "CE1 A", " CE1  A", "CE1 a")} == {"ce1 a"}
    assert label_key("CE1A B") != label_key("CE1 A")
