"""The school's notebooks: cahier de textes, carnet de liaison, cahier mémo."""

from notebooks.models.homework import HomeworkBook, HomeworkCalendar, HomeworkEntry, HomeworkTick
from notebooks.models.liaison import LiaisonBook, LiaisonCopy, LiaisonTarget, LiaisonVersion, LiaisonWord
from notebooks.models.memo import MemoBlock, MemoBook, MemoPage

__all__ = [
    "HomeworkBook",
    "HomeworkCalendar",
    "HomeworkEntry",
    "HomeworkTick",
    "LiaisonBook",
    "LiaisonCopy",
    "LiaisonTarget",
    "LiaisonVersion",
    "LiaisonWord",
    "MemoBlock",
    "MemoBook",
    "MemoPage",
]
