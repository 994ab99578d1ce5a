"""Every anomaly has its line, in French that says what to do."""

import re
import string

import pytest

from feeds.read.codes import LEAVES_OUT, ONCE_PER_SET, REFUSES, Code
from feeds.read.rows import anomaly, told_once
from feeds.read.sentences import SENTENCES


@pytest.mark.parametrize("code", Code)
def test_an_anomaly_has_a_sentence_with_french_spaces_and_an_end(code: Code) -> None:
    sentence = SENTENCES[code]
    assert not re.search(r"« | »|[\w}»)] [:;?!]|'", sentence)
    assert sentence.endswith((".", "}"))
    fields = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
    told = anomaly(code, "a.xml", 3, **dict.fromkeys(fields, "x" * 200))
    assert "x" * 80 in told.message or not fields
    assert "x" * 81 not in told.message


def test_there_is_no_sentence_without_its_code() -> None:
    assert set(SENTENCES) == set(Code)


def test_what_leaves_a_record_out_neither_refuses_nor_is_told_once() -> None:
    assert not LEAVES_OUT & (REFUSES | ONCE_PER_SET)


def test_only_what_is_told_once_a_set_is_told_once() -> None:
    unknown = [anomaly(Code.ATTRIBUTE_UNKNOWN, "a.xml", n, subject=s, value=s) for n, s in enumerate("aab")]
    missing = [anomaly(Code.BIRTH_DATE_MISSING, "a.xml", n, who="x") for n in (1, 2)]
    assert [item.line for item in told_once([*unknown, *missing])] == [0, 2, 1, 2]
