"""What the directory refuses."""

from core.errors import DomainError, RefusedByRule


class NotYours(DomainError):
    """The place, or the person, is not of the actor's scope. Pages show what does not exist."""

    code = "not-yours"
    sentence = "Vous n’administrez pas cette école."
    remedy = "Adressez-vous à sa direction, ou à l’administrateur de sa circonscription."
    status = 403
    exit_code = 3


class Outranked(RefusedByRule):
    """The person administers more than the actor does."""

    code = "outranked"
    sentence = "Cette personne administre plus que vous."
    remedy = "Seul un administrateur de la même étendue, ou d’une plus grande, peut le faire."


class NotOneself(RefusedByRule):
    """Nobody locks themself out."""

    code = "not-oneself"
    sentence = "Vous ne pouvez pas le faire pour vous-même."
    remedy = "Demandez à un autre administrateur."


class NotAttached(RefusedByRule):
    """The person does not belong to the school."""

    code = "not-attached"
    sentence = "Cette personne n’est pas rattachée à cette école."


class NotATeacher(RefusedByRule):
    """Only a teacher of the school is attached to one of its classes."""

    code = "not-a-teacher"
    sentence = "Seule une personne enseignante de l’école peut être rattachée à une classe."
    remedy = "Vérifiez son profil et son école."


class ClassNotOpen(RefusedByRule):
    """A class has teachers once it has a pupil, in the year that its school's classes are of."""

    code = "class-not-open"
    sentence = "Cette classe n’est pas ouverte cette année."
    remedy = "Elle le sera dès que ses élèves y arriveront par l’alimentation."


class AlreadyDone(RefusedByRule):
    """What is asked is so already."""

    code = "already-done"
    sentence = "C’est déjà fait."


class Protected(RefusedByRule):
    """A protected group is renamed and deleted by nobody."""

    code = "protected-group"
    sentence = "Ce groupe est protégé : personne ne peut le renommer ni le supprimer."
    remedy = "Ses membres, eux, se choisissent librement."


class NotManual(RefusedByRule):
    """Groups of scolarity follow who belongs where."""

    code = "scolarity-group"
    sentence = "Ce groupe suit les classes et les rattachements : il ne se modifie pas à la main."
    remedy = "Créez un groupe manuel."


class NameTaken(RefusedByRule):
    """Two manual groups of a school would bear one name."""

    code = "name-taken"
    sentence = "Un groupe de cette école porte déjà ce nom."
    remedy = "Choisissez-en un autre."


class OutOfReach(RefusedByRule):
    """Someone chosen is nobody for the actor."""

    code = "out-of-reach"
    sentence = "Une des personnes choisies n’existe pas."
    status = 404


class NoTie(RefusedByRule):
    """The two are not tied, or no decision stands on their tie."""

    code = "no-tie"
    sentence = "Ces deux personnes n’ont pas de lien à modifier."


class FedTie(RefusedByRule):
    """A tie that a feed states comes back with the next one."""

    code = "fed-tie"
    sentence = "Ce lien vient de l’alimentation : il ne se retire pas à la main."
    remedy = "Limitez-le ou terminez-le : votre décision l’emportera sur l’alimentation."


class LastTie(RefusedByRule):
    """A relative is of a school by a child; without any, nobody would find the account."""

    code = "last-tie"
    sentence = "C’est le seul enfant de ce parent : sans lui, le compte ne serait plus d’aucune école."
    remedy = "Ajoutez d’abord le bon enfant, ou supprimez le compte."


class NotDetached(RefusedByRule):
    """No detachment stands."""

    code = "not-detached"
    sentence = "Cette personne n’est pas détachée de cette école."


class AdministratorExists(RefusedByRule):
    """The platform has its first administrator."""

    code = "administrator-exists"
    sentence = "La plateforme a déjà un administrateur."
    remedy = "Pour en créer un autre : --another."


class NotAnAdministrator(RefusedByRule):
    """Only adults of the team, or guests, whose account stays, administer."""

    code = "not-an-administrator"
    sentence = "Cette personne ne peut pas administrer."
    remedy = "Choisissez un enseignant, un personnel ou un invité dont le compte est ouvert."


class NamedByFeed(RefusedByRule):
    """The director whom a feed names administers: taking the right away would be undone by the next one."""

    code = "named-by-feed"
    sentence = "Cette personne dirige l’école d’après l’alimentation : elle en est l’administratrice."
    remedy = "Si elle ne la dirige plus, faites corriger ONDE ou l’annuaire : le droit prendra fin tout seul."


class BadDates(DomainError):
    """An end before its beginning, or two ends."""

    code = "bad-dates"
    sentence = "La fin doit venir après le début."
    remedy = "Corrigez les dates."


class NoSuchFavourite(RefusedByRule):
    """A favourite is its owner's alone: for anybody else it does not exist."""

    code = "no-such-favourite"
    sentence = "Ce favori de partage n’existe pas."
    status = 404


class FavouriteNameMissing(DomainError):
    """A favourite is found again by its name."""

    code = "favourite-name-missing"
    sentence = "Donnez un nom à ce favori de partage."


class FavouriteNameTaken(RefusedByRule):
    """Two favourites of one person would bear one name."""

    code = "favourite-name-taken"
    sentence = "Un de vos favoris de partage porte déjà ce nom."
    remedy = "Choisissez-en un autre."


class FavouriteFull(RefusedByRule):
    """A favourite holds so many recipients, and no more."""

    code = "favourite-full"
    sentence = "Ce favori de partage ne peut pas avoir plus de destinataires."
    remedy = "Faites-en un second, ou choisissez un groupe."


class MembersNotVisible(RefusedByRule):
    """A favourite writes its groups' members by name: only whoever may see them can do so. `groups` are
    their labels."""

    code = "members-not-visible"
    sentence = (
        "Vous ne pouvez pas voir qui est dans ce groupe : un favori de partage ne peut pas le contenir."
    )
    remedy = "Partagez directement avec le groupe, ou choisissez des personnes."


class RuleOutOfBounds(RefusedByRule):
    """A rule of communication that no school can open, or close."""

    code = "rule-out-of-bounds"
    sentence = "Cette règle de communication ne se change pas."
    remedy = "Choisissez parmi ce que la page propose."


class BelongsElsewhere(RefusedByRule):
    """An account that another school still holds is not ended from here."""

    code = "belongs-elsewhere"
    sentence = "Cette personne appartient aussi à une école que vous n’administrez pas."
    remedy = "Détachez-la de la vôtre : son compte reste à l’autre école."


class SameNamed(RefusedByRule):
    """Someone within reach bears this name: they are proposed first. `people` are their UUIDs."""

    code = "same-named"
    sentence = "Une personne de ce nom existe déjà."
    remedy = "Rattachez-la à votre école, ou confirmez que c’est quelqu’un d’autre."


class ChildMissing(DomainError):
    """A relative is there for a pupil."""

    code = "child-missing"
    sentence = "Un parent a besoin d’au moins un enfant de l’école."
    remedy = "Choisissez son enfant."


class BelongsByChildren(RefusedByRule):
    """A relative is of their children's schools, and has no attachment of their own."""

    code = "belongs-by-children"
    sentence = "Un parent est des écoles de ses enfants : il ne se rattache pas à une école."
    remedy = "Liez-le à un élève de l’école."


class DuplicatesOfTooMany(RefusedByRule):
    """Accounts in double are asked of an academy or of the platform as a list: they are looked for school by
    school, or page by page."""

    code = "duplicates-of-too-many"
    sentence = "Les comptes en double d’autant d’écoles ne se listent pas d’un coup."
    remedy = "Choisissez une école, ou ouvrez « Comptes en double », qui les cherche page après page."


class TooManyAccounts(RefusedByRule):
    """A workbook, or an act on many accounts at once, holds so many of them. `most` is how many."""

    code = "too-many-accounts"
    sentence = "La liste contient trop de comptes."
    remedy = "Choisissez une école ou ajoutez un filtre, puis recommencez."
