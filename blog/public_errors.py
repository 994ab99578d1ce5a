"""What a blog that anybody reads refuses, and why."""

from core.errors import DomainError, RefusedByRule


class NotAPublicOpener(RefusedByRule):
    """It speaks for a school."""

    code = "not-a-public-blog-opener"
    sentence = (
        "Un blog public parle au nom de l’école\u00a0: seuls ses administrateurs l’ouvrent et le règlent."
    )
    remedy = "Demandez à la direction de l’ouvrir\u00a0; elle pourra vous y donner le droit d’écrire."
    status = 403


class SchoolNotChosen(DomainError):
    """Whoever administers several says whose it is."""

    code = "public-blog-without-school"
    sentence = "On ne sait pas à quelle école sera ce blog public."
    remedy = "Choisissez l’école, puis recommencez."


class NotPublic(RefusedByRule):
    """The act is for a public blog."""

    code = "blog-not-public"
    sentence = "Ce blog n’est pas public, ou ne l’est plus."
    remedy = "Rechargez la page."


class AddressUnusable(DomainError):
    """Letters and digits, three at least."""

    code = "public-address-unusable"
    sentence = "Cette adresse est trop courte."
    remedy = "Prenez quelques mots simples, par exemple «\u00a0rentree-ecole-des-tilleuls\u00a0»."


class AddressTaken(RefusedByRule):
    """Another blog has it, or had it."""

    code = "public-address-taken"
    sentence = "Cette adresse est celle d’un autre blog, ou l’a été\u00a0: elle n’est plus donnée à personne."
    remedy = "Ajoutez-y le nom de l’école ou de la commune."


class WrongEnd(DomainError):
    """The last day is today or later."""

    code = "public-blog-wrong-end"
    sentence = "Ce dernier jour est déjà passé."
    remedy = "Choisissez une date à venir, ou laissez le champ vide."


class UnknownDrawing(DomainError):
    """One of ours."""

    code = "unknown-drawing"
    sentence = "Cette illustration n’existe pas."
    remedy = "Choisissez l’une de celles que Cartable propose."


class StandsInTheWay(RefusedByRule):
    """Each hindrance is told, in `hindrances`."""

    code = "blog-not-fit-to-be-public"
    sentence = "Ce blog ne peut pas devenir public en l’état."
    remedy = "Voyez ce qui s’y oppose, corrigez, puis recommencez."


class NoPictureInPublic(RefusedByRule):
    """Neither photo, sound nor film, whoever is on it: nobody says who reads."""

    code = "no-picture-in-public-blog"
    sentence = "Un blog public est lu par n’importe qui\u00a0: il ne montre ni photo, ni son, ni vidéo."
    remedy = "Gardez le texte, et joignez au besoin un PDF d’informations pratiques."
    status = 422  # what is sent by pieces is not sent again


class OnlyPdfInPublic(RefusedByRule):
    """Practical information, which every phone opens."""

    code = "only-pdf-in-public-blog"
    sentence = "Dans un blog public, seuls des PDF se joignent aux billets."
    remedy = "Enregistrez ce document en PDF, puis joignez-le."
    status = 422  # what is sent by pieces is not sent again


class PupilsDocument(RefusedByRule):
    """What a pupil made stays in their class."""

    code = "pupils-document-in-public-blog"
    sentence = "Ce document vient d’un élève\u00a0: il n’a pas sa place dans un blog public."
    remedy = "Montrez-le plutôt dans le blog de la classe, que seules les familles lisent."
    status = 422  # what is sent by pieces is not sent again


class PupilInPublic(RefusedByRule):
    """No pupil among its authors."""

    code = "pupil-in-public-blog"
    sentence = "Un blog public est lu par n’importe qui\u00a0: les élèves n’y écrivent pas."
    remedy = "Publiez ce texte dans le blog de la classe, ou écrivez vous-même l’information."
    status = 403
    to_pupil = "Ce blog est public : seuls les adultes y écrivent."


class NoTalkInPublic(RefusedByRule):
    """No comments: nobody could answer for what a stranger says there."""

    code = "no-comments-in-public-blog"
    sentence = "Un blog public ne se commente pas."
    status = 403
    to_pupil = "On ne peut pas commenter ce blog."


class ReminderFirst(RefusedByRule):
    """Whoever publishes has just read what such a blog is for."""

    code = "public-reminder-first"
    sentence = "Ce billet va être lu par n’importe qui, sans compte."
    remedy = "Relisez ce qu’un blog public peut contenir, puis confirmez la publication."
    status = 428
