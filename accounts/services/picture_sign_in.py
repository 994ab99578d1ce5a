"""A pupil at the door of their class: three pictures, in their order."""

from collections.abc import Sequence

from accounts import gates, pictures
from accounts.attempts import Attempt, Cap
from accounts.errors import KeptOut, SignInRefused
from accounts.models import User
from accounts.pictures import Picture

DAY = 24 * 3600
HOUR = 3600
# Wrong tries: of one pupil in a day (a hundredth of what there is to guess), of a door in an hour.
PER_PUPIL = 12
PER_DOOR = 60


def sign_in_by_pictures(
    *, person: User, sealed: str, chosen: Sequence[Picture], door: str, address: str
) -> User:
    """The pupil, when these are their pictures. `door` names the class's sheet; limits are of the pupil there,
    and of the whole door.

    Raises TooManyAttempts, SignInRefused; KeptOut, with the reason, to whoever proved who they are.
    """
    at_door = Cap("pictures-door", door, times=PER_DOOR, seconds=HOUR)
    # New pictures have a count of their own: the teacher gives them to whoever used up their tries.
    of_pupil = Cap("pictures", f"{person.uuid}:{sealed}", times=PER_PUPIL, seconds=DAY)
    attempt = Attempt(f"{person.uuid}:{door}", address, kind="pictures")
    if not pictures.fits(chosen, sealed):
        raise SignInRefused("Ce ne sont pas tes images.", remedy="Regarde ta carte et essaie encore.")
    for limit in (attempt, of_pupil, at_door):
        limit.succeeded()
    refused = gates.refusal(person)
    if refused is not None:
        raise KeptOut(refused)
    return person
