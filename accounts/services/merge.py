"""Two accounts of one person made one, and parted again as they were.

Rules of scope are the directory's. What an account holds passes by the fates of each room; the row of the
absorbed one stays, for its login and its keys: both lead to the account kept.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import F

from accounts import fates
from accounts.enums import Source
from accounts.errors import CannotMerge, CannotUnmerge
from accounts.ledger import Pair
from accounts.models import Merge, MergedRows, User
from core import audit, clock
from core.audit import Someone
from core.locks import Lock, take

WHOLE = 0
# Who states an account: a feed by its key, a CSV, nobody.
FED, TOLD, BY_HAND = 2, 1, 0
# What a feed says of a person: the kept account takes it with the key, so that the same feed changes nothing.
IDENTITY = (
    "academy_id", "source", "first_name", "last_name", "birth_name", "other_first_names", "civility", "email",
    "home_phone", "work_phone", "mobile_phone", "address", "postal_code", "city", "country",
)  # fmt: skip
KEY = ("joining_kind", "joining_key")
# What the kept account takes where it has nothing.
FILLED = ("ine", "birth_date", "own_email", "activated_at", "charter_accepted_at")
FILLED_BY_HAND = ("email", "mobile_phone", "civility")


def merge(
    *,
    by: Someone | UUID | None,
    kept: User,
    gone: User,
    academies: Iterable[int] = (),
    patience: int = 10_000,
) -> Merge:
    """`gone` is absorbed: all it holds is `kept`'s, its sessions end, its login opens `kept` with its own
    password. `academies`: those whose feeds may be planning with the two.

    Raises CannotMerge, Busy.
    """
    with audit.acting(by=by):
        _hold(kept, gone, academies, patience)
        people = _locked(kept, gone)
        kept, gone = people[kept.pk], people[gone.pk]
        require_mergeable(kept, gone)
        done = Merge.objects.create(kept=kept, gone=gone, at=clock.now(), by=audit.actor())
        pair = Pair(done, gone.pk, kept.pk)
        for fate in fates.in_order():
            for pass_on in fate.merges.values():
                pass_on(pair)
        _join_accounts(pair, kept, gone)
        done.figures = _figures(done)
        done.save(update_fields=["figures"])
        audit.record("account.merged", subject=kept.uuid, after={"absorbed": str(gone.uuid)} | done.figures)
        audit.record("account.absorbed", subject=gone.uuid, after={"into": str(kept.uuid)})
    return done


def unmerge(*, by: Someone | UUID | None, merge: Merge, academies: Iterable[int] = ()) -> Merge:
    """Puts back exactly what a merge did, but for what no longer exists or was given on since; what was
    made since is the kept account's. Its sessions end: some were opened by the other's login.

    Raises CannotUnmerge, Busy.
    """
    with audit.acting(by=by):
        _hold(merge.kept, merge.gone, academies, 10_000)
        people = _locked(merge.kept, merge.gone)
        done = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        require_unmergeable(done)
        kept, gone = people[done.kept_id], people[done.gone_id]
        User.everyone.filter(pk=gone.pk).update(merged_into=None, session_epoch=F("session_epoch") + 1)
        User.everyone.filter(pk=kept.pk).update(session_epoch=F("session_epoch") + 1)
        pair = Pair(done, gone.pk, kept.pk)
        for fate in reversed(fates.in_order()):
            pair.put_back(fate.app)
            if fate.unmerged is not None:
                fate.unmerged(pair)
        done.undone_at, done.undone_by = clock.now(), audit.actor()
        done.save(update_fields=["undone_at", "undone_by"])
        audit.record("account.unmerged", subject=kept.uuid, before={"absorbed": str(gone.uuid)})
        audit.record("account.parted", subject=gone.uuid, before={"into": str(kept.uuid)})
    return done


def foreseen(gone: User) -> dict[str, int]:
    """How many rows would pass to the account kept, or be set aside for its own, by table. A query a key."""
    counted: Counter[str] = Counter()
    for fate in fates.in_order():
        for key, pass_on in fate.merges.items():
            label, name = key.rsplit(".", 1)
            if pass_on is not fates.stays:
                counted[label] += apps.get_model(label)._base_manager.filter(**{name: gone.pk}).count()
    return {label: number for label, number in counted.items() if number}


def require_mergeable(kept: User, gone: User) -> None:
    """Raises CannotMerge, with the reason, where two accounts are not one person's or not as they stand."""
    if kept.pk == gone.pk:
        raise CannotMerge("C’est deux fois le même compte.")
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise CannotMerge("Un de ces comptes a déjà été réuni avec un autre.")
    if kept.profile != gone.profile:
        raise CannotMerge("Ces deux comptes n’ont pas le même profil.")
    if kept.ine and gone.ine and kept.ine != gone.ine:
        raise CannotMerge("Ces deux élèves ont chacun leur INE, et ils diffèrent.")
    if kept.birth_date and gone.birth_date and kept.birth_date != gone.birth_date:
        raise CannotMerge("Ces deux personnes ne sont pas nées le même jour.")
    if kept.pre_deleted_on is not None or gone.pre_deleted_on is not None:
        raise CannotMerge("Un de ces comptes est pré-supprimé.", remedy="Restaurez-le d’abord.")


def require_unmergeable(merge: Merge) -> None:
    """Raises CannotUnmerge. Merges of one account are undone the last first, so that each is exact."""
    if merge.undone_at is not None:
        raise CannotUnmerge("Cette réunion est déjà annulée.")
    later = Merge.objects.filter(undone_at__isnull=True, pk__gt=merge.pk)
    if later.filter(kept=merge.kept_id).exists() or later.filter(gone=merge.kept_id).exists():
        raise CannotUnmerge(
            "Ce compte a été réuni avec un autre depuis.",
            remedy="Annulez d’abord la réunion la plus récente.",
        )


def stated_by(person: User) -> int:
    """How firmly an account is stated: by a feed's key, by a CSV, by nobody."""
    if person.joining_key is not None:
        return FED
    return BY_HAND if person.source == Source.MANUAL else TOLD


def _join_accounts(pair: Pair, kept: User, gone: User) -> None:
    """The rows of the two accounts themselves."""
    if stated_by(gone) > stated_by(kept):
        if gone.joining_key is not None:
            pair.change(User, gone.pk, dict.fromkeys(KEY), whatever=True)
        taken = {name: getattr(gone, name) for name in (*IDENTITY, *KEY)}
        pair.change(User, kept.pk, taken, whatever=True)
    filled = FILLED if stated_by(kept) or stated_by(gone) else (*FILLED, *FILLED_BY_HAND)
    for name in filled:
        if not getattr(kept, name) and getattr(gone, name):
            pair.change(User, kept.pk, {name: getattr(gone, name)})
    if kept.absent_since is not None:
        since = max(kept.absent_since, gone.absent_since) if gone.absent_since else None
        back = {} if since else {"leaving_told_on": None, "objected_at": None}
        pair.change(User, kept.pk, {"absent_since": since} | back)
    User.everyone.filter(pk=gone.pk).update(merged_into=kept, session_epoch=F("session_epoch") + 1)


def _hold(kept: User, gone: User, academies: Iterable[int], patience: int) -> None:
    """No feed plans with the two, and no night job ends one, meanwhile."""
    feeding = {key for key in (kept.academy_id, gone.academy_id, *academies) if key is not None}
    take((Lock.LIFECYCLE, WHOLE), *((Lock.FEED, key) for key in feeding), timeout_ms=patience)


def _locked(*people: User) -> dict[int, User]:
    """The rows as they are now, held whole: nothing new may name them until the end."""
    rows = User.everyone.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in people])
    return {person.pk: person for person in rows.order_by("pk")}


def _figures(merge: Merge) -> dict[str, Any]:
    """How many rows moved, by table."""
    counted: Counter[str] = Counter()
    for model, keys in merge.rows.filter(act=MergedRows.Act.MOVED).values_list("model", "keys"):
        counted[model] += len(keys)
    return dict(counted)
