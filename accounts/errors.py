"""What accounts refuse, in words that tell nothing about who exists."""

from dataclasses import dataclass

from core.errors import DomainError, RefusedByRule


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why someone is kept out: a French sentence, and what whoever closed the gate wants said; `pupil`
    when it is said to a child."""

    code: str
    sentence: str
    message: str = ""
    pupil: bool = False


class SignInRefused(DomainError):
    """No such login, or not its password: one word for both."""

    code = "sign-in-refused"
    sentence = "L’identifiant ou le mot de passe ne correspond pas."
    remedy = "Vérifiez les deux, puis réessayez ; « Mot de passe oublié » peut vous aider."
    status = 403


class TooManyAttempts(DomainError):
    """Guessing is slowed down; `seconds` says for how long."""

    code = "too-many-attempts"
    sentence = "Il y a eu trop d’essais."
    status = 429

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(remedy=f"Attendez {_spoken(seconds)}, puis réessayez.", seconds=seconds)


class CodeRefused(DomainError):
    """The login and the activation code do not go together, or the code was used."""

    code = "code-refused"
    sentence = "L’identifiant et le code ne vont pas ensemble, ou ce code a déjà servi."
    remedy = "Recopiez les deux depuis la lettre de l’école, ou demandez-lui un nouveau code."
    status = 403


class WeakPassword(DomainError):
    """The password chosen does not hold; `problems` are sentences for the person."""

    code = "weak-password"
    sentence = "Ce mot de passe ne convient pas."

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(remedy=" ".join(problems), problems=problems)


class WrongPassword(DomainError):
    """The present password, asked again before a change, is not the one."""

    code = "wrong-password"
    sentence = "Ce n’est pas votre mot de passe actuel."
    remedy = "Tapez celui avec lequel vous vous connectez."
    status = 403


class LinkExpired(DomainError):
    """A link sent by mail was used, or is too old."""

    code = "link-expired"
    sentence = "Ce lien a déjà servi, ou il date de plus de vingt-quatre heures."
    remedy = "Demandez-en un nouveau : il arrive en quelques minutes."
    status = 410


class KeptOut(RefusedByRule):
    """A gate says no, with its refusal."""

    code = "kept-out"
    status = 403

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.sentence, remedy=refusal.message, code=refusal.code)


class LowAssurance(RefusedByRule):
    """A sign-in by picture or class sheet changes no name, password, mail or share."""

    code = "low-assurance"
    # Said to a child: nobody else comes in that way.
    sentence = "Pour faire cela, il faut entrer avec ton nom et ton mot de passe."
    remedy = "Appuie sur « Je m’en vais », puis entre avec les deux."
    status = 403


class NotPreDeleted(RefusedByRule):
    """Only an account that is absent or on its way out can be restored."""

    code = "nothing-to-restore"
    sentence = "Ce compte n’est pas sur le départ : il n’y a rien à restaurer."


class NotLeaving(RefusedByRule):
    """Only whoever is on their way out is asked what becomes of what they leave."""

    code = "not-leaving"
    sentence = "Ce compte reste ouvert : il n’y a rien à décider."


class FedAccount(RefusedByRule):
    """What a feed states is changed, and ended, by a feed."""

    code = "fed-account"
    sentence = "Ce compte vient de l’alimentation : il ne se modifie pas et ne se supprime pas à la main."
    remedy = "Corrigez sa fiche dans ONDE ; s’il a quitté votre école, détachez-le."


class AccountUsed(RefusedByRule):
    """Only an account that nobody ever signed in to is deleted at once."""

    code = "account-used"
    sentence = "Ce compte a déjà servi : il ne se supprime pas d’un coup."
    remedy = "Pré-supprimez-le : il pourra encore être restauré."


class AlreadyPreDeleted(RefusedByRule):
    """The account is on its way out already."""

    code = "already-pre-deleted"
    sentence = "Ce compte est pré-supprimé."
    remedy = "Restaurez-le d’abord."


class CannotMerge(RefusedByRule):
    """Two accounts are not one person's, or not to be made one by this actor."""

    code = "cannot-merge"
    sentence = "Ces deux comptes ne peuvent pas être réunis."
    remedy = "Vérifiez qu’il s’agit bien de la même personne."


class CannotUnmerge(RefusedByRule):
    """A merge is undone once, the last of an account first."""

    code = "cannot-unmerge"
    sentence = "Cette réunion de comptes ne peut pas être annulée."


class NoPhotoOfPupils(RefusedByRule):
    """A pupil is drawn, never photographed, on their card."""

    code = "no-photo-of-pupils"
    sentence = "Un élève n’a pas de photo\u00a0: il choisit un dessin."


class NoSuchDrawing(DomainError):
    """Not one of the drawings that a pupil may choose, or not a pupil."""

    code = "no-such-drawing"
    sentence = "Ce dessin n’existe pas."
    remedy = "Choisissez-en un de la liste."


class MottoTooLong(DomainError):
    """A motto is a line: `most` letters."""

    code = "motto-too-long"
    sentence = "Cette devise est trop longue."
    remedy = "Raccourcissez-la\u00a0: une ligne suffit."


class NoSuchSession(DomainError):
    """A session that is over, or somebody else's."""

    code = "no-such-session"
    sentence = "Cet appareil est déjà déconnecté."
    status = 404


def _spoken(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} secondes" if seconds > 1 else "une seconde"
    minutes = -(-seconds // 60)
    return f"{minutes} minutes" if minutes > 1 else "une minute"
