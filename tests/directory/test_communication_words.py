"""What a change of rule does, in a sentence."""

from directory.communication_words import change_sentence
from directory.enums import Extent, Party


def test_who_is_lost_is_not_who_is_kept() -> None:
    key = (Party.TEACHER, Party.RELATIVE)
    assert "trouveront plus les autres" in change_sentence(key, Extent.SCHOOL, Extent.CLASS)
    assert "Ils ne les trouveront plus" in change_sentence(key, Extent.CLASS, Extent.NOBODY)
