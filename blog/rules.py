"""Who may do what with a blog, its posts and what is said of these: pure rules. Their twins are in
`blog.querysets`. The role is the one held on the blog's resource."""

from dataclasses import dataclass

from accounts.enums import Profile
from blog.enums import Circuit, State, Talk, Word
from directory.rules import TEAM
from sharing.enums import Role
from sharing.rules import Act, may

# Whoever brings people together at school opens a blog; a pupil or a relative is invited to write in one.
OPENERS = TEAM | {Profile.GUEST}
# What its author still changes.
WRITTEN = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A post as someone stands before it: their role on its blog, whether they wrote it, whether whoever wrote
    it has no account any more, where it is, by which circuit posts come out there."""

    role: Role | int | None
    own: bool
    orphan: bool = False
    state: State = State.DRAFT
    circuit: Circuit = Circuit.REVIEWED
    trashed: bool = False

    @property
    def manages(self) -> bool:
        return may(self.role, Act.SHARE)

    @property
    def writes(self) -> bool:
        """Contributes to the blog, with a post of their own."""
        return self.own and may(self.role, Act.ADD)


def may_open_a_blog(profile: str) -> bool:
    """Teachers, staff, and guests."""
    return profile in OPENERS


def publishes_at_once(role: Role | int | None, circuit: Circuit | str) -> bool:
    """Who manages, always; a contributor, where nobody reads posts first."""
    return may(role, Act.SHARE) or (may(role, Act.ADD) and circuit == Circuit.OPEN)


def may_read(post: Standing) -> bool:
    """What is published, whoever sees the blog; one's own, wherever it stands; what was submitted, who manages
    the blog. What is in the trash is its author's, or, without one, of who manages."""
    if not may(post.role, Act.OPEN):
        return False
    if post.trashed:
        return post.own or (post.orphan and post.manages)
    return post.state == State.PUBLISHED or post.own or (post.manages and post.state != State.DRAFT)


def may_edit(post: Standing) -> bool:
    """What is not before others: its author. What waits or is out: who manages, and its author where posts come
    out at once; elsewhere the author takes it back first, so that nothing is read that nobody read first."""
    if post.trashed or not may_read(post):
        return False
    if post.state in WRITTEN:
        return post.writes or (post.manages and post.state == State.RETURNED and post.orphan)
    if post.manages:
        return True
    return post.writes and post.circuit == Circuit.OPEN and post.state != State.SUBMITTED


def may_publish(post: Standing) -> bool:
    """Now or later: what one may edit, or what was submitted, where one publishes at once."""
    if post.trashed or not publishes_at_once(post.role, post.circuit):
        return False
    return may_edit(post) and post.state != State.PUBLISHED


def may_submit(post: Standing) -> bool:
    """Its author, where somebody reads first."""
    return (
        not post.trashed
        and post.writes
        and post.state in WRITTEN
        and not publishes_at_once(post.role, post.circuit)
    )


def may_take_back(post: Standing) -> bool:
    """Its author: what waits, is scheduled or is out becomes a draft again."""
    return not post.trashed and post.writes and post.state not in WRITTEN


def may_send_back(post: Standing) -> bool:
    """Who manages, what others wrote: it waits, is scheduled, or is out, and is read by nobody then."""
    return not post.trashed and post.manages and not post.own and post.state not in WRITTEN


def may_pin(post: Standing) -> bool:
    """Who manages, what is out or will be."""
    return not post.trashed and post.manages and post.state in {State.PUBLISHED, State.SCHEDULED}


def may_trash(post: Standing) -> bool:
    """Its author, whatever they may still write; who manages, what has no author any more."""
    return may_read(post) and (post.own or (post.orphan and post.manages))


def may_comment(post: Standing, talk: Talk | str) -> bool:
    """Whoever comments in the blog, what is published, where comments are open."""
    return (
        talk != Talk.OFF
        and post.state == State.PUBLISHED
        and not post.trashed
        and may(post.role, Act.COMMENT)
    )


def comes_out_at_once(role: Role | int | None, talk: Talk | str) -> bool:
    """A comment: of who manages always."""
    return may(role, Act.SHARE) or talk == Talk.OPEN


def may_read_comment(post: Standing, *, own: bool, state: Word | str) -> bool:
    """What is published with the post; one's own; what waits, who manages."""
    return may_read(post) and (state == Word.PUBLISHED or own or post.manages)
