"""What becomes of accounts' own rows about accounts, when these are erased or merged."""

from collections.abc import Sequence

from django.db.models import Q

from accounts import fates
from accounts.models import Merge, MergedRows, OpenSession, Takeout
from accounts.services import takeout
from accounts.services.own_card import let_photos_go

MERGES = {
    # Whom the absorbed one had absorbed are the kept one's.
    "accounts.User.merged_into": fates.moves("accounts.User.merged_into"),
    # History: who was merged into whom.
    "accounts.Merge.kept": fates.stays,
    "accounts.Merge.gone": fates.stays,
    "accounts.Takeout.person": fates.moves("accounts.Takeout.person"),
    # An absorbed account holds no session: its seal is nobody's.
    "accounts.OpenSession.person": fates.stays,
}


def erase(people: Sequence[int]) -> None:
    """Merges go with either account, and what they set aside; sessions; photos and archives are let go."""
    merges = Merge.objects.filter(Q(kept_id__in=people) | Q(gone_id__in=people))
    MergedRows.objects.filter(merge__in=merges).delete()
    merges.delete()
    OpenSession.objects.filter(person_id__in=people).delete()
    let_photos_go(people)
    takeout.let_go(Takeout.objects.filter(person_id__in=people))


def register() -> None:
    """To be called in `ready()`."""
    fates.register("accounts", covers=list(MERGES), erase=erase, merges=MERGES)
