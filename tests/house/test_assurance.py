"""A session of low assurance changes no name, password, mail, photo or share, whichever service is asked."""

import ast
from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.assurance import Assurance, acting_with
from accounts.enums import Profile
from accounts.errors import LowAssurance
from accounts.services import (
    easy_passwords,
    edit_account,
    end_session,
    objection,
    own_card,
    own_email,
    passwords,
    renew_code,
)
from core import clock
from directory.enums import Scope
from directory.services import cards, codes, create_person, forced_passwords, own_address, pupil_passwords
from sharing.enums import Role
from sharing.models import Handover, Withdrawal
from sharing.services import bin as removal
from sharing.services import hand_over, marked, share, undo
from tests.house.rooms import ROOT
from tests.sharing.kinds import BOX, NOTE, registered
from tests.sharing.worlds import SharingWorld, sharing_world

ROOMS = ("accounts", "directory", "sharing")

# Asked by whoever may, of what they may: full assurance alone is missing.
REFUSED: dict[str, Callable[[SharingWorld], object]] = {
    "accounts.easy_passwords.give_passwords": lambda w: easy_passwords.give_passwords(
        people=[w.pupil], by=w.teacher
    ),
    "accounts.edit_account.edit_account": lambda w: edit_account.edit_account(
        by=w.director, person=w.teacher, first_name="Zoé"
    ),
    "accounts.end_session.end_session": lambda w: end_session.end_session(by=w.pupil, session=uuid4()),
    "accounts.objection.say_what_stays": lambda w: objection.say_what_stays(by=w.pupil, stays=True),
    "accounts.own_card.put_photo": lambda w: own_card.put_photo(by=w.teacher, file=None),
    "accounts.own_card.say_motto": lambda w: own_card.say_motto(by=w.pupil, motto="Zut"),
    "accounts.own_card.take_motto_away": lambda w: own_card.take_motto_away(by=w.director, person=w.pupil),
    "accounts.own_card.take_photo_away": lambda w: own_card.take_photo_away(by=w.teacher, person=w.teacher),
    "accounts.own_email.forget_chosen_since": lambda w: own_email.forget_chosen_since(
        people=[w.pupil], since=clock.now(), by=w.director
    ),
    "accounts.own_email.forget_own_email": lambda w: own_email.forget_own_email(by=w.teacher),
    "accounts.passwords.change_password": lambda w: passwords.change_password(
        by=w.pupil, present="", password="", address="192.0.2.1"
    ),
    "accounts.passwords.sign_out_everywhere": lambda w: passwords.sign_out_everywhere(by=w.pupil),
    "accounts.renew_code.renew_codes": lambda w: renew_code.renew_codes(people=[w.pupil], by=w.teacher),
    "directory.cards.take_motto_away": lambda w: cards.take_motto_away(by=w.director, person=w.pupil),
    "directory.cards.take_photo_away": lambda w: cards.take_photo_away(by=w.director, person=w.teacher),
    "directory.codes.renew_codes": lambda w: codes.renew_codes(by=w.director, people=[w.pupil]),
    "directory.create_person.edit_person": lambda w: create_person.edit_person(
        by=w.director, person=w.teacher, first_name="Zoé"
    ),
    "directory.forced_passwords.force_passwords": lambda w: forced_passwords.force_passwords(
        by=w.director,
        asked=forced_passwords.Population(
            school=w.here.school_class.school, scope=Scope.SCHOOL, profiles=frozenset(Profile)
        ),
    ),
    "directory.own_address.ask_confirmation": lambda w: own_address.ask_confirmation(
        person=w.teacher, email="moi@example.org"
    ),
    "directory.pupil_passwords.give_password": lambda w: pupil_passwords.give_password(
        by=w.director, pupil=w.pupil
    ),
    "directory.pupil_passwords.give_passwords": lambda w: pupil_passwords.give_passwords(
        by=w.teacher, school_class=w.here.school_class, pupils=[w.pupil]
    ),
    "sharing.bin.erase": lambda w: removal.erase(by=w.teacher, resources=[w.note]),
    "sharing.hand_over.accept": lambda w: hand_over.accept(by=w.pupil, handover=Handover()),
    "sharing.hand_over.decline": lambda w: hand_over.decline(by=w.pupil, handover=Handover()),
    "sharing.hand_over.entrust": lambda w: hand_over.entrust(
        by=w.teacher, resource=w.note, person=w.director
    ),
    "sharing.hand_over.give_to_school": lambda w: hand_over.give_to_school(
        by=w.director, resource=w.note, school=w.school
    ),
    "sharing.hand_over.offer": lambda w: hand_over.offer(by=w.teacher, resource=w.note, to=w.director),
    "sharing.hand_over.take_back": lambda w: hand_over.take_back(by=w.teacher, handover=Handover()),
    "sharing.share.add_by_name": lambda w: share.add_by_name(
        by=w.teacher, resources=[w.note], persons=[w.pupil], role=Role.READ
    ),
    "sharing.share.change_role": lambda w: share.change_role(
        by=w.teacher, resource=w.note, role=Role.READ, person=w.pupil
    ),
    "sharing.share.change_roles": lambda w: share.change_roles(
        by=w.teacher, resources=[w.note], role=Role.READ
    ),
    "sharing.share.remove": lambda w: share.remove(by=w.teacher, resource=w.note, person=w.pupil),
    "sharing.share.remove_all": lambda w: share.remove_all(by=w.teacher, resources=[w.note]),
    "sharing.share.share": lambda w: share.share(
        by=w.teacher, resource=w.note, persons=[w.pupil], role=Role.READ
    ),
    "sharing.share.share_all": lambda w: share.share_all(
        by=w.teacher, resources=[w.note], persons=[w.pupil], role=Role.READ
    ),
    "sharing.marked.give_marked": lambda w: marked.give_marked(
        by=w.teacher, gifts=[marked.Gift(w.note, {w.pupil.pk: Role.READ}, uuid4())]
    ),
    "sharing.marked.take_back_marked": lambda w: marked.take_back_marked(
        by=w.teacher, resources=[w.note], marks=[uuid4()]
    ),
    "sharing.undo.put_back": lambda w: undo.put_back(by=w.teacher, withdrawal=Withdrawal()),
}

# What changes none of these (a whole module, or one of its acts), what is opened by a secret of one's own (a
# code, a link received by mail), and the parts that the acts above are made of.
LEFT = {
    "accounts.activate",
    "accounts.create_account",
    "accounts.lifecycle",
    "accounts.merge",
    "accounts.own_card.choose_drawing",
    "accounts.passwords.owner_of",
    "accounts.passwords.reset_password",
    "accounts.picture_sign_in",
    "directory.administrators",
    "directory.attach_person",
    "directory.blocks",
    "directory.bulk_accounts",
    "directory.class_sheet",
    "directory.class_teachers",
    "directory.codes.codes_to_print",
    "directory.codes.people_looked_after_by",
    "directory.communication",
    "directory.consents",
    "directory.create_person.create_person",
    "directory.create_person.same_named",
    "directory.detach",
    "directory.duplicates",
    "directory.end_account",
    "directory.export_accounts",
    "directory.favourites",
    "directory.forced_passwords.foresee",
    "directory.forced_passwords.population",
    "directory.groups",
    "directory.letters",
    "directory.school_settings",
    "directory.season",
    "directory.ties",
    "sharing.bin.bring_back",
    "sharing.bin.throw",
    "sharing.clean_groups",
    "sharing.keep",
    "sharing.recipients",
    "sharing.resources",
    "sharing.school_things",
    "sharing.share.give_by_name",
    "sharing.share.refusals",
    "sharing.undo.may_put_back",
    "sharing.withdraw",
    "sharing.writing",
}


def acts() -> set[str]:
    """Every public function of these rooms' services that somebody asks, or that is about somebody."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room / "services").glob("*.py"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    takes = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
                    if takes & {"by", "person"}:
                        found.add(f"{room}.{path.stem}.{node.name}")
    return found


def test_every_service_says_whether_low_assurance_is_enough() -> None:
    known = acts()
    modules = {act.rpartition(".")[0] for act in known}
    told = {act for act in known if act in REFUSED or act in LEFT or act.rpartition(".")[0] in LEFT}
    assert sorted(known - told) == [], "add them to REFUSED, or to LEFT where they change none of these"
    assert sorted(set(REFUSED) - known) == []
    assert sorted(LEFT - known - modules) == []


@pytest.mark.django_db
def test_low_assurance_is_refused_by_each_of_them() -> None:
    with registered(NOTE, BOX):
        world = sharing_world()
        passed = []
        for name, act in REFUSED.items():
            with acting_with(Assurance.LOW):
                try:
                    act(world)
                except LowAssurance:
                    continue
                except Exception as error:
                    passed.append(f"{name}: {error!r}")
                else:
                    passed.append(name)
        assert passed == []
