"""What becomes of what the carnet de liaison knows of a person when their account is erased, or absorbed by
another of theirs: relatives keep what they received, under the names that it bore."""

from collections.abc import Collection, Sequence

from accounts import fates
from documents.services import keeping
from notebooks.enums import WordState
from notebooks.models import LiaisonCopy, LiaisonTarget, LiaisonWord
from notebooks.services.liaison_words import SPACE


def erase(people: Sequence[int], objecting: Collection[int] = ()) -> None:
    """What nobody holds any more goes, with words that had no carnet, and what `objecting` had not sent."""
    drafts = LiaisonWord.objects.filter(author__in=objecting, state=WordState.DRAFT)
    keeping.release(space=SPACE, subjects=list(drafts.values_list("uuid", flat=True)))
    drafts.delete()
    touched = set(LiaisonCopy.objects.filter(relative__in=people).values_list("word_id", flat=True))
    touched |= set(LiaisonCopy.objects.filter(pupil__in=people).values_list("word_id", flat=True))
    LiaisonCopy.objects.filter(relative__in=people).update(relative=None)
    LiaisonCopy.objects.filter(pupil__in=people).update(pupil=None)
    LiaisonCopy.objects.filter(word__in=touched, relative=None, pupil=None).delete()
    LiaisonTarget.objects.filter(pupil__in=people).delete()
    LiaisonWord.objects.filter(author__in=people).update(author=None)
    LiaisonWord.objects.filter(pk__in=touched, book=None, copies=None).delete()


MERGES = {
    "notebooks.LiaisonWord.author": fates.moves("notebooks.LiaisonWord.author"),
    "notebooks.LiaisonTarget.pupil": fates.moves("notebooks.LiaisonTarget.pupil", once=["word_id"]),
    # Of two copies of one word for one child, the signed one stays.
    "notebooks.LiaisonCopy.relative": fates.moves(
        "notebooks.LiaisonCopy.relative",
        once=["word_id", "pupil_id"],
        best=lambda row: row["signed_version"],
    ),
    "notebooks.LiaisonCopy.pupil": fates.moves(
        "notebooks.LiaisonCopy.pupil",
        once=["word_id", "relative_id"],
        best=lambda row: row["signed_version"],
    ),
}
