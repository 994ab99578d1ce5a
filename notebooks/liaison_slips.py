"""Slips to print and cut: a word on paper for each relative who has no screen, or has not signed."""

from core.pdf import draw
from notebooks.enums import Asks
from notebooks.errors import NothingToPrint
from notebooks.liaison_lines import follow_of
from notebooks.models import LiaisonWord
from ui.french import day, day_year


def slips_of(word: LiaisonWord, *, everybody: bool = False) -> bytes:
    """The PDF: of those who have not signed, all, or those without a screen. Raises NothingToPrint."""
    follow = follow_of(word)
    wanted = follow.unsigned if everybody else follow.screenless
    if not wanted:
        raise NothingToPrint()
    school_class = word.book.school_class if word.book else None
    data = {
        "school": school_class.school.name if school_class else "",
        "title": word.title,
        "lines": [line for line in word.text.split("\n") if line.strip()],
        "author": word.author_name,
        "sent": day_year(word.sent_at) if word.sent_at else "",
        "due": day(word.due_on) if word.due_on else "",
        "answer": word.asks == Asks.ANSWER,
        "slips": [
            {
                "pupil": each.copy.pupil_name,
                "section": each.copy.class_label,
                "relative": each.copy.relative_name,
            }
            for each in wanted
        ],
    }
    return draw("notebooks", "slips", data)
