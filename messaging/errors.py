"""What messaging refuses. `to_pupil` says it to a child, sentence and remedy in one."""

from core.errors import DomainError, RefusedByRule


class NoSuchMessage(DomainError):
    """Nobody's, or not in this person's boxes."""

    code = "no-such-message"
    sentence = "Ce message n’existe pas, ou n’est plus dans votre messagerie."
    status = 404
    to_pupil = "Ce message n’est plus là."


class NobodyAddressed(DomainError):
    """A message goes to somebody."""

    code = "nobody-addressed"
    sentence = "Ce message n’a pas de destinataire."
    remedy = "Ajoutez au moins une personne ou un groupe, puis envoyez-le."
    to_pupil = "Choisis d’abord à qui tu écris."


class NothingSaid(DomainError):
    """A message says something: a subject, a text, or a file."""

    code = "nothing-said"
    sentence = "Ce message est vide."
    remedy = "Écrivez quelques mots, ou joignez un fichier."
    to_pupil = "Écris d’abord ton message."


class OutOfReach(RefusedByRule):
    """Rules of communication let the author write to none of these (`names`)."""

    code = "recipient-out-of-reach"
    sentence = "Vous ne pouvez pas écrire à ces destinataires."
    remedy = "Retirez-les, ou adressez-vous à la direction de l’école, qui règle qui peut écrire à qui."
    status = 403
    to_pupil = "Tu ne peux pas écrire à cette personne. Demande à ta maitresse ou à ton maitre."


class AlreadySent(RefusedByRule):
    """What has gone is changed no more."""

    code = "already-sent"
    sentence = "Ce message est déjà parti : il ne change plus."
    remedy = "Écrivez-en un autre, ou rappelez-le s’il n’a pas encore été lu."
    to_pupil = "Ton message est déjà parti."


class NotSent(RefusedByRule):
    """Only what has gone is called back, answered or forwarded."""

    code = "not-sent"
    sentence = "Ce message n’est pas encore parti."


class TooLate(RefusedByRule):
    """A message is called back within an hour."""

    code = "too-late-to-recall"
    sentence = "Ce message est parti depuis plus d’une heure : il ne se rappelle plus."
    remedy = "Écrivez à ses destinataires pour le corriger."
    to_pupil = "C’est trop tard : ton message est parti depuis plus d’une heure."


class EverybodyRead(RefusedByRule):
    """Nothing is left to call back."""

    code = "everybody-read"
    sentence = "Tous ses destinataires ont déjà lu ce message."
    remedy = "Écrivez-leur pour le corriger."
    to_pupil = "Ton message a déjà été lu."


class NoReply(RefusedByRule):
    """Its author asks for no answer."""

    code = "no-reply"
    sentence = "L’auteur de ce message ne souhaite pas de réponse."
    remedy = "Écrivez-lui un nouveau message si c’est nécessaire."
    to_pupil = "On ne peut pas répondre à ce message."


class TooManyMessages(RefusedByRule):
    """More than one writes in an hour."""

    code = "too-many-messages"
    sentence = "Vous avez écrit à beaucoup de monde depuis une heure."
    remedy = "Votre message reste dans vos brouillons. Réessayez dans une heure."
    status = 429
    to_pupil = "Tu as écrit beaucoup de messages. Attends un peu : celui-ci est gardé dans tes brouillons."


class SendingStopped(RefusedByRule):
    """An administrator stopped sending."""

    code = "sending-stopped"
    sentence = "Les envois de messages sont arrêtés pour le moment."
    remedy = "Votre message reste dans vos brouillons. La direction de votre école vous dira quand reprendre."
    status = 403
    to_pupil = "On ne peut pas envoyer de messages pour le moment. Le tien est gardé dans tes brouillons."


class TooManyAttachments(RefusedByRule):
    """So many files, so many bytes (`most`)."""

    code = "too-many-attachments"
    sentence = "Ce message porte trop de pièces jointes."
    remedy = "Partagez plutôt un dossier de l’Espace documentaire, et donnez son lien."
    to_pupil = "Il y a trop de fichiers dans ton message."


class NotAPicture(DomainError):
    """The text shows pictures, and nothing else."""

    code = "not-a-picture"
    sentence = "Ce fichier n’est pas une image que l’on montre dans le texte."
    remedy = "Joignez-le plutôt au message."
    to_pupil = "Ce n’est pas une image. Tu peux la joindre à ton message."


class FolderExists(RefusedByRule):
    """Two folders of one name."""

    code = "folder-exists"
    sentence = "Vous avez déjà un dossier de ce nom."
    remedy = "Choisissez un autre nom."
    to_pupil = "Tu as déjà un dossier de ce nom."


class SendingInThePast(DomainError):
    """A message is planned for an instant to come."""

    code = "sending-in-the-past"
    sentence = "Cette date est passée."
    remedy = "Choisissez une date à venir, d’ici un an."


class NotWaiting(RefusedByRule):
    """Somebody read it first, or its author took it back."""

    code = "not-waiting"
    sentence = "Ce message n’attend plus d’être relu."
    remedy = "Quelqu’un l’a déjà relu, ou son auteur l’a repris."
    to_pupil = "Ton message n’attend plus : il est parti, ou il est de nouveau dans tes brouillons."


class NotToBeBarred(RefusedByRule):
    """The pupil's own teachers, direction and relatives always write to them."""

    code = "not-to-be-barred"
    sentence = "Cette personne peut toujours écrire à cet élève."
    remedy = (
        "Ses enseignants, sa direction et ses responsables ne sont pas écartés. Parlez-en à la direction."
    )
    status = 403


class NotReceived(RefusedByRule):
    """One reports what others wrote to one."""

    code = "not-received"
    sentence = "On signale un message que l’on a reçu."
    to_pupil = "Tu peux signaler un message qu’on t’a écrit."


class AlreadyReported(RefusedByRule):
    """Once is enough: the administrators have it."""

    code = "already-reported"
    sentence = "Vous avez déjà signalé ce message."
    remedy = "Les responsables de l’école l’ont reçu. Écrivez-leur si vous avez autre chose à dire."
    to_pupil = "Tu as déjà signalé ce message. Les adultes de l’école l’ont reçu."


class AlreadyHandled(RefusedByRule):
    """Somebody handled the report meanwhile."""

    code = "already-handled"
    sentence = "Ce signalement est déjà traité."
    remedy = "Ouvrez-le de nouveau pour lire ce qui en est dit."
