"""Who asks for a page: whoever is signed in."""

from django.http import HttpRequest

from accounts.enums import Profile
from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Whoever is signed in, of a page that is for nobody else."""
    assert isinstance(request.user, User)
    return request.user


def is_pupil(request: HttpRequest) -> bool:
    """Whether words are said to a child."""
    return person_of(request).profile == Profile.PUPIL
