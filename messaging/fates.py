"""What becomes of messages when an account is erased, or absorbed by another of theirs. What they wrote stays
with who received it, under the name that they bore; what they hold goes, or passes."""

from collections.abc import Sequence

from django.db.models import Q

from accounts import fates
from accounts.ledger import Pair
from documents.models import Allowance
from documents.services import quota
from messaging.models import Address, Alert, Barred, Copy, Folder, Message, Report, Signature, Stop
from messaging.querysets import weights_of
from messaging.services.boxes import forget_messages


def erase(people: Sequence[int]) -> None:
    """Their copies, folders and signature go; messages that nobody holds any more with them, but for those
    that were reported. What they reported stays, under the name that they bore."""
    copies = Copy.objects.filter(person__in=people)
    messages = list(copies.values_list("message_id", flat=True))
    copies.delete()
    Folder.objects.filter(person__in=people).delete()
    Signature.objects.filter(person__in=people).delete()
    Address.objects.filter(person__in=people).update(person=None)
    Stop.objects.filter(person__in=people).delete()
    Alert.objects.filter(person__in=people).delete()
    Barred.objects.filter(Q(pupil__in=people) | Q(sender__in=people)).delete()
    Report.objects.filter(reporter__in=people).update(reporter=None)
    forget_messages(messages)
    Message.objects.filter(author__in=people).update(author=None)


def _folders(pair: Pair) -> None:
    """All of them stay; a name that both bear is the kept one's, and holds what the other held."""
    names = {folder.name.casefold(): folder.pk for folder in Folder.objects.filter(person=pair.kept)}
    for folder in Folder.objects.filter(person=pair.gone).order_by("pk"):
        if folder.name.casefold() in names:
            for key in Copy.objects.filter(folder=folder).values_list("pk", flat=True):
                pair.change(Copy, key, {"folder_id": names[folder.name.casefold()]})
            pair.drop(Folder, {folder.pk: names[folder.name.casefold()]})
    fates.moves("messaging.Folder.person")(pair)


def _copies(pair: Pair) -> None:
    """What both received is held once; what the kept account holds is counted anew."""
    if not Allowance.objects.filter(pk=pair.kept).exists() and weights_of([pair.gone]):
        pair.added(Allowance, [pair.kept])
    fates.moves("messaging.Copy.person", once=["message_id", "box"])(pair)
    count_anew(pair)


def _signature(pair: Pair) -> None:
    """The kept account's, where it has one."""
    there = Signature.objects.filter(pk=pair.kept).exists()
    if there:
        pair.drop(
            Signature, dict.fromkeys(Signature.objects.filter(pk=pair.gone).values_list("pk", flat=True))
        )
    else:
        pair.move(Signature, "person_id")


def _reports(pair: Pair) -> None:
    """Each stays, with whom it was said to; of two on one message the other's bears a name alone."""
    theirs = Report.objects.filter(reporter=pair.kept).values("message")
    for key in Report.objects.filter(reporter=pair.gone, message__in=theirs).values_list("pk", flat=True):
        pair.change(Report, key, {"reporter_id": None})
    pair.move(Report, "reporter_id")


def count_anew(pair: Pair) -> None:
    """Each is charged for what they hold now."""
    weights = weights_of(pair.both)
    quota.hold_exactly({key: weights.get(key, 0) for key in pair.both})


MERGES = {
    "messaging.Folder.person": _folders,
    "messaging.Copy.person": _copies,
    "messaging.Message.author": fates.moves("messaging.Message.author"),
    "messaging.Address.person": fates.moves("messaging.Address.person", once=["message_id"]),
    "messaging.Signature.person": _signature,
    "messaging.Stop.person": fates.moves("messaging.Stop.person"),
    "messaging.Alert.person": fates.moves("messaging.Alert.person", once=["day"]),
    "messaging.Barred.pupil": fates.moves(
        "messaging.Barred.pupil", once=["sender_id", "school_class_id"], while_="lifted_at"
    ),
    "messaging.Barred.sender": fates.moves(
        "messaging.Barred.sender", once=["pupil_id", "school_class_id"], while_="lifted_at"
    ),
    "messaging.Report.reporter": _reports,
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("messaging", covers=list(MERGES), erase=erase, merges=MERGES, unmerged=count_anew)
