"""Activation codes."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from accounts import codes

SOMEONE = UUID("5f0f6f6e-0d4c-4a55-9d0d-2f8f3a1b7c11")


@given(st.uuids(), st.integers(0, 10_000))
def test_a_code_is_eight_letters_that_do_not_look_alike(uuid: UUID, counter: int) -> None:
    code = codes.derive("key", uuid, counter)
    assert len(code) == 8
    assert not set(code) & set("O0I1LlUV5S2Z8BAEY")


def test_a_code_can_be_printed_again_and_is_renewed_by_the_counter() -> None:
    assert codes.derive("key", SOMEONE, 0) == codes.derive("key", SOMEONE, 0)
    assert codes.derive("key", SOMEONE, 0) != codes.derive("key", SOMEONE, 1)


def test_a_code_needs_the_key_that_the_database_does_not_hold() -> None:
    assert codes.derive("key", SOMEONE, 0) != codes.derive("other", SOMEONE, 0)


def test_a_code_is_read_whatever_its_case_and_spaces() -> None:
    code = codes.code_of(SOMEONE, 3)
    for typed in (code, codes.printed(code), code.lower(), f" {code[:4]} {code[4:]}\u00a0"):
        assert codes.fits(typed, SOMEONE, 3), typed


def test_nothing_and_almost_are_no_code() -> None:
    code = codes.code_of(SOMEONE, 3)
    for typed in ("", code[:-1], code + "C", code[::-1] if code != code[::-1] else "", "ÀÉÎÔÛÇÀÉ"):
        assert not codes.fits(typed, SOMEONE, 3), typed
