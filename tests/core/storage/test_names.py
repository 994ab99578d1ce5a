"""Names are kept as they read, and harm nothing."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.storage.names import clean_name, numbered, portable_name, shortened, with_ending
from core.storage.serve import disposition
from tests.core.storage.conftest import CASES

TOLD = {case["what"]: case for case in json.loads((CASES / "filenames.json").read_text(encoding="utf-8"))}
KEPT = {
    "decomposed accents (a Mac)": "Noël à l’école.txt",
    "emoji, one of three code points": "🎄👩\u200d🏫 classe.pdf",
    "climbs": "passwd",
    "climbs on Windows": "boot.ini",
    "a slash that a teacher typed": "menu semaine 38-39.docx",
    "spaces around": "liste  .txt",
    "quotes and a semicolon": 'CP "A"; filename=x.exe.txt',
    "two extensions": "photo.jpg.html",
    "a dot first": ".htaccess",
    "a Windows device": "con.txt",
    "a dash first": "-rf",
    "no extension": "sans-extension",
    "a percent escape": "Compte rendu 100%25.txt",
}
LONG = {"about 254 bytes decomposed", "200 letters, 400 bytes", "304 bytes"}


def test_every_case_has_its_name_here() -> None:
    assert set(TOLD) == set(KEPT) | LONG


@pytest.mark.parametrize("what", KEPT)
def test_a_name_is_kept_as_it_reads(what: str) -> None:
    assert clean_name(TOLD[what]["name"]) == KEPT[what]


@pytest.mark.parametrize("what", sorted(LONG))
def test_a_long_name_is_shortened_before_its_ending(what: str) -> None:
    name = TOLD[what]["name"]
    kept = clean_name(name)
    assert len(kept.encode()) <= 255
    assert kept.rpartition(".")[2] == name.rpartition(".")[2]
    assert unicodedata.normalize("NFC", name).startswith(kept.rpartition(".")[0])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("", "sans nom"),
        ("  ", "sans nom"),
        ("..", "sans nom"),
        ("a\x00b\x1b[31m\x7f.txt", "ab[31m.txt"),
        ("lundi\r\nmardi.txt", "lundi  mardi.txt"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("C:\\fakepath\\photo.jpg", "photo.jpg"),
        ("/etc/passwd", "passwd"),
        ("\ud800x.txt", "x.txt"),
        ("1/2.txt", "1-2.txt"),
    ],
)
def test_what_steers_a_machine_goes(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def test_an_emoji_is_not_cut_in_two() -> None:
    teacher = "👩\u200d🏫"
    for room in range(len(".pdf") + 12, 40):
        kept = shortened(teacher * 9 + ".pdf", room).removesuffix(".pdf")
        assert kept.replace(teacher, "") in {"", "sans nom"}, room


@given(st.text())
def test_any_name_at_all_becomes_one_harmless_part(name: str) -> None:
    kept = clean_name(name)
    assert 0 < len(kept.encode()) <= 255
    assert kept == clean_name(kept)
    assert "/" not in kept
    assert "\\" not in kept
    assert kept not in {".", ".."}
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in kept)
    header = disposition(kept, inline=False)
    assert header.isascii()
    assert "\n" not in header
    assert "\r" not in header


def test_a_header_cannot_be_split_and_says_the_name_twice() -> None:
    header = disposition('CP "A"; filename=x.exe.txt', inline=False)
    assert header == (
        'attachment; filename="CP _A__ filename=x.exe.txt"; '
        "filename*=UTF-8''CP%20%22A%22%3B%20filename%3Dx.exe.txt"
    )
    assert disposition("Compte rendu 100%25.txt", inline=True).endswith("Compte%20rendu%20100%2525.txt")


def test_names_that_windows_refuses_open_there_too() -> None:
    assert portable_name("con.txt") == "_con.txt"
    assert portable_name("LPT1") == "_LPT1"
    assert portable_name("concert.txt") == "concert.txt"
    assert portable_name('a:b?"c".') == "a_b__c_"


def test_one_name_is_numbered_beside_another() -> None:
    assert numbered("a.txt", set()) == "a.txt"
    assert numbered("A.txt", {"a.txt", "a (2).txt"}) == "A (3).txt"
    assert len(numbered("é" * 125 + ".txt", {"é" * 125 + ".txt"}).encode()) <= 255


def test_a_converted_picture_changes_its_ending() -> None:
    assert with_ending("IMG_1.HEIC", ".jpg") == "IMG_1.jpg"
    assert with_ending("sans-extension", ".jpg") == "sans-extension.jpg"
