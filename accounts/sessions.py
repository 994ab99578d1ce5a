"""Open sessions: how one begins, whose it is, how sure we are, how it ends."""

from datetime import datetime

from django.contrib import auth
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare

from accounts import assurance as sureness
from accounts import open_sessions
from accounts.anonymous import Anonymous
from accounts.assurance import Assurance
from accounts.backends import LoginBackend
from accounts.enums import Profile
from accounts.errors import LowAssurance
from accounts.models import User
from core import clock

BACKEND = "accounts.backends.LoginBackend"
ASSURANCE = "assurance"
# What a session of low assurance hangs on, and the instant at which it ends in any case.
HANGS_ON = "hangs_on"
UNTIL = "until"


def begin(request: HttpRequest, person: User, *, assurance: Assurance = Assurance.FULL) -> None:
    """Opens a session under a new key. A pupil's ends with the browser: school machines are shared.

    Django's own `login` would bring its permission tables; the keys are the same.
    """
    if request.session.get(auth.SESSION_KEY):
        open_sessions.ended(open_sessions.key_of(request))
        request.session.flush()  # somebody else's, or one's own of before: nothing is carried over
    else:
        request.session.cycle_key()
    request.session[auth.SESSION_KEY] = str(person.pk)
    request.session[auth.BACKEND_SESSION_KEY] = BACKEND
    request.session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
    request.user = person
    rotate_token(request)
    request.session[ASSURANCE] = assurance.value
    if person.profile == Profile.PUPIL:
        request.session.set_expiry(0)
    open_sessions.opened(request, person)
    User.objects.filter(pk=person.pk).update(last_login=clock.now())


def begin_low(request: HttpRequest, person: User, *, kind: str, key: str, until: datetime) -> None:
    """Opens a session of low assurance, which ends at `until`, or with what it hangs on
    (`accounts.assurance`)."""
    begin(request, person, assurance=Assurance.LOW)
    request.session[HANGS_ON] = [kind, key]
    request.session[UNTIL] = until.timestamp()


def is_over(request: HttpRequest, person: User) -> bool:
    """Whether a session of low assurance has had its day, or what it hangs on is no more."""
    if HANGS_ON not in request.session:
        return False
    kind, key = request.session[HANGS_ON]
    late = clock.now().timestamp() >= request.session[UNTIL]
    return late or not sureness.still_holds(kind, key, person)


def renew(request: HttpRequest, person: User) -> None:
    """Keeps this session open after its person's password or epoch changed; the others end."""
    former = open_sessions.key_of(request)
    request.session.cycle_key()
    request.session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
    open_sessions.renewed(request, former, person)
    rotate_token(request)


def end(request: HttpRequest) -> None:
    """Closes the session and forgets what it held."""
    open_sessions.ended(open_sessions.key_of(request))
    request.session.flush()
    request.user = Anonymous()  # type: ignore[assignment]
    rotate_token(request)


def person_of(request: HttpRequest) -> User | Anonymous:
    """Who holds this session: nobody once their password changed or they signed out everywhere."""
    key = request.session.get(auth.SESSION_KEY)
    if key is None:
        return Anonymous()
    person = LoginBackend().get_user(int(key))
    held = request.session.get(auth.HASH_SESSION_KEY, "")
    if person is None or not constant_time_compare(held, person.get_session_auth_hash()):
        request.session.flush()
        return Anonymous()
    open_sessions.note_use(request.session)
    return person


def assurance_of(request: HttpRequest) -> Assurance:
    """How sure the sign-in of this session was."""
    return Assurance(request.session.get(ASSURANCE, Assurance.FULL.value))


def require_full_assurance(request: HttpRequest) -> None:
    """Raises LowAssurance where the session may change no name, password, mail or share."""
    if assurance_of(request) is Assurance.LOW:
        raise LowAssurance()
