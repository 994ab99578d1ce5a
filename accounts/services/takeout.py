"""Archives of what people made and hold: made once, held for some days, forgotten."""

from datetime import timedelta
from uuid import UUID
from zipfile import ZipFile

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Takeout, User
from accounts.takeout import Archive
from core import audit, clock
from core.progress import SILENT, Progress
from core.storage import places
from core.storage.services import hold, let_go_all, take_in

# One that was asked for and never made is forgotten after so long.
UNMADE_FOR = timedelta(days=1)


def make(*, takeout: UUID, progress: Progress = SILENT) -> Takeout | None:
    """Makes the archive that was asked for, and lets the person's former ones go; None where it was made
    already, or its person is no more. It is written to the disk as it is read, and follows what the person
    holds now. Raises StorageFull, StorageGone."""
    asked = Takeout.objects.filter(uuid=takeout, made_at__isnull=True).first()
    if asked is None:
        return None
    person = User.objects.get(pk=asked.person_id)
    name = f"Cartable - {person.full_name} - {clock.today():%Y-%m-%d}.zip"
    with places.draft(".zip") as draft:
        with places.failures_told(), ZipFile(draft, "w") as file:
            archive = Archive(file, person, progress)
            archive.fill()
        received = take_in(draft, name)
    with audit.acting(by=person):
        fresh = Takeout.objects.select_for_update(of=("self",)).filter(pk=asked.pk, made_at__isnull=True)
        made = fresh.first()
        if made is None:
            return None
        hold(received.blob)
        made.blob, made.name, made.made_at = received.blob, received.name, clock.now()
        made.kept_until = made.made_at + timedelta(days=settings.CARTABLE_TAKEOUT_DAYS)
        made.files, made.missing = archive.files, archive.missing
        made.save()
        let_go(Takeout.objects.filter(person=person, asked_at__lte=made.asked_at).exclude(pk=made.pk))
        audit.record("account.takeout_made", subject=person.uuid, after={"files": archive.files})
    return made


def forget_old() -> int:
    """Each night: archives past their days, and those that were never made; answers how many."""
    now = clock.now()
    with audit.acting(by=None):
        gone = let_go(Takeout.objects.filter(kept_until__lte=now))
        unmade = Takeout.objects.filter(made_at__isnull=True, asked_at__lte=now - UNMADE_FOR)
        return gone + let_go(unmade)


def let_go(takeouts: QuerySet[Takeout, Takeout]) -> int:
    """Forgets these archives, in the caller's transaction; answers how many."""
    rows = list(takeouts.select_for_update(of=("self",)).order_by("pk").values_list("pk", "blob_id"))
    Takeout.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    let_go_all([blob for _, blob in rows if blob is not None])
    return len(rows)
