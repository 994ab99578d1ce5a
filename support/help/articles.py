"""The articles of the help centre: for whom each is, what it is about, when it comes first. Their text is a template
of the same name, in `support/help/`."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.enums import Profile

PUPILS = frozenset({Profile.PUPIL})
RELATIVES = frozenset({Profile.RELATIVE})
TEAM = frozenset({Profile.TEACHER, Profile.STAFF})
ADULTS = frozenset(Profile) - PUPILS
# Whoever administers is of these.
DESKS = TEAM | {Profile.GUEST}


class Season(StrEnum):
    """When a guide comes first."""

    NONE = ""
    END = "end"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`topic` is a key of `support.topics`; `known_as`, other words by which people look for it; `administrators`,
    for whoever administers something alone."""

    slug: str
    title: str
    summary: str
    topic: str = ""
    profiles: frozenset[Profile] = ADULTS
    known_as: str = ""
    administrators: bool = False
    season: Season = Season.NONE


TROUBLE = Article(
    slug="connexion-difficile",
    title="Je n’arrive pas à me connecter",
    summary="Code, identifiant, mot de passe oublié, compte fermé\u00a0: que faire, à qui demander.",
    topic="account",
    profiles=ADULTS,
    known_as="bloqué activation code perdu oublié login identifiant refusé",
)

ARTICLES = (
    # Guides of the seasons
    Article(
        slug="guide-fin-annee-direction",
        title="Fin d’année\u00a0: le guide de la direction",
        summary="Ce qui se prépare en mai et juin, ce qui se fera seul à la rentrée.",
        topic="rollover",
        profiles=DESKS,
        administrators=True,
        season=Season.END,
        known_as="bascule juin juillet été",
    ),
    Article(
        slug="guide-fin-annee-enseignant",
        title="Fin d’année\u00a0: le guide de l’enseignant",
        summary="Garder ce que l’on a fait, prévenir les familles, ranger.",
        topic="rollover",
        profiles=TEAM,
        season=Season.END,
        known_as="bascule juin juillet été",
    ),
    Article(
        slug="guide-fin-annee-famille",
        title="Fin d’année\u00a0: ce qui change pour les familles",
        summary="Ce que l’on verra encore après l’été, ce qu’il vaut mieux télécharger avant.",
        topic="rollover",
        profiles=RELATIVES,
        season=Season.END,
        known_as="bascule juin juillet été déménagement collège",
    ),
    Article(
        slug="guide-rentree-direction",
        title="Rentrée\u00a0: le guide de la direction",
        summary="De l’arrivée de l’équipe à celle des familles, semaine par semaine.",
        topic="rollover",
        profiles=DESKS,
        administrators=True,
        season=Season.START,
        known_as="septembre aout ONDE",
    ),
    Article(
        slug="guide-rentree-enseignant",
        title="Rentrée\u00a0: le guide de l’enseignant",
        summary="Retrouver sa classe, ouvrir ses cahiers, aider les élèves à entrer.",
        topic="rollover",
        profiles=TEAM,
        season=Season.START,
        known_as="septembre aout",
    ),
    Article(
        slug="guide-rentree-famille",
        title="Rentrée\u00a0: premiers pas des familles",
        summary="Le même identifiant que l’an dernier, ou un code reçu de l’école.",
        topic="account",
        profiles=RELATIVES,
        season=Season.START,
        known_as="septembre aout nouveau",
    ),
    # Signing in, one's account
    TROUBLE,
    Article(
        slug="compte-reglages",
        title="Changer mon mot de passe ou mon adresse",
        summary="Tout est dans Mon compte\u00a0; l’adresse choisie sert à retrouver un mot de passe.",
        topic="account",
        known_as="courriel mail email",
    ),
    Article(
        slug="compte-fiche",
        title="Ma fiche\u00a0: photo, devise, ce que voient les autres",
        summary="Ce que chacun lit de vous, et ce que vous pouvez y mettre.",
        topic="account",
        known_as="portrait anniversaire vie privée",
    ),
    Article(
        slug="compte-erreur",
        title="Mon nom ou mon école est faux",
        summary="D’où viennent ces informations, et où les faire corriger.",
        topic="account",
        known_as="erreur prénom orthographe ONDE classe",
    ),
    # Home, news
    Article(
        slug="accueil-telephone",
        title="Installer Cartable sur mon téléphone",
        summary="Une icône comme une application, sans magasin, et l’envoi de photos.",
        topic="home",
        known_as="application mobile android iphone",
    ),
    Article(
        slug="nouveautes-choisir",
        title="Choisir ce qui m’est annoncé",
        summary="Dans la page, par courriel, tout de suite ou une fois par jour.",
        topic="timeline",
        known_as="notification cloche mail alerte désabonner",
    ),
    # Messages
    Article(
        slug="messages-ecrire",
        title="Écrire un message",
        summary="À une personne, à un groupe, avec des fichiers\u00a0; maintenant ou plus tard.",
        topic="messaging",
        known_as="mail envoyer pièce jointe destinataire",
    ),
    Article(
        slug="messages-heures-calmes",
        title="Mon message partira demain matin",
        summary="Pourquoi la nuit et la fin de semaine sont calmes, et pour qui.",
        topic="messaging",
        known_as="nuit week-end retard distribué déconnexion",
    ),
    Article(
        slug="messages-ranger",
        title="Rappeler, ranger, retrouver un message",
        summary="Une heure pour rappeler, des dossiers à soi, une corbeille.",
        topic="messaging",
        known_as="supprimer annuler dossier recherche",
    ),
    Article(
        slug="messages-signaler",
        title="Signaler un message",
        summary="Un message blessant, choquant, ou venu d’un compte volé.",
        topic="messaging",
        known_as="harcèlement insulte piratage",
    ),
    Article(
        slug="messages-eleves",
        title="Relire ce que mes élèves écrivent",
        summary="Les messages d’élèves peuvent attendre qu’un enseignant les lise.",
        topic="messaging",
        profiles=frozenset({Profile.TEACHER}),
        known_as="modération relecture expéditeur",
    ),
    # Documents
    Article(
        slug="documents-deposer",
        title="Déposer et ranger des fichiers",
        summary="Depuis un ordinateur ou un téléphone, même gros, même interrompus.",
        topic="documents",
        known_as="envoyer dossier photo vidéo télécharger",
    ),
    Article(
        slug="documents-corbeille",
        title="Retrouver un fichier effacé, ou une ancienne version",
        summary="Rien ne disparait en une fois.",
        topic="documents",
        known_as="supprimer perdu corbeille restaurer",
    ),
    Article(
        slug="documents-espace",
        title="Libérer de l’espace",
        summary="Ce qui compte dans votre espace, et quoi enlever en premier.",
        topic="documents",
        known_as="quota plein place saturé",
    ),
    # Shares
    Article(
        slug="partages-recus",
        title="Retrouver ce que l’on m’a partagé",
        summary="Une seule liste, quelle que soit l’application.",
        topic="sharing",
        known_as="partagé avec moi disparu",
    ),
    Article(
        slug="partages-donner",
        title="Partager avec une classe, un groupe ou une personne",
        summary="Les quatre droits, et ce qu’ils permettent.",
        topic="sharing",
        profiles=TEAM | {Profile.GUEST},
        known_as="consulter commenter contribuer gérer droit",
    ),
    Article(
        slug="partages-duree",
        title="Combien de temps dure un partage",
        summary="Avec une classe\u00a0: l’année. Par nom, par favori\u00a0: jusqu’à ce que vous l’ôtiez.",
        topic="sharing",
        profiles=TEAM,
        known_as="bascule fin année favori durée",
    ),
    # Directory
    Article(
        slug="annuaire-trouver",
        title="Trouver quelqu’un dans l’annuaire",
        summary="Qui l’on trouve, et pourquoi tout le monde n’y est pas.",
        topic="directory",
        known_as="chercher personne contact enseignant parent",
    ),
    # Blog
    Article(
        slug="blog-lire",
        title="Lire le blog de la classe",
        summary="Où il se trouve, qui le voit, comment commenter.",
        topic="blog",
        known_as="billet article photo commentaire",
    ),
    Article(
        slug="blog-publier",
        title="Publier dans un blog",
        summary="Le circuit direct, et celui où un responsable relit d’abord.",
        topic="blog",
        profiles=TEAM,
        known_as="billet article soumettre valider relire",
    ),
    # Notebooks
    Article(
        slug="cahiers-textes",
        title="Tenir le cahier de textes",
        summary="Ce qui a été fait, ce qui est à faire, pour quel jour.",
        topic="notebooks",
        profiles=TEAM,
        known_as="devoirs séance travail",
    ),
    Article(
        slug="cahiers-suivre",
        title="Suivre les cahiers de mon enfant",
        summary="Le travail à faire, les mots de l’école, ce qu’il faut signer.",
        topic="notebooks",
        profiles=RELATIVES,
        known_as="devoirs liaison mémo signer mot",
    ),
    Article(
        slug="cahiers-liaison",
        title="Écrire dans le carnet de liaison",
        summary="Un mot pour les familles, et qui l’a lu.",
        topic="notebooks",
        profiles=TEAM,
        known_as="mot signature accusé lu famille",
    ),
    # The year turns
    Article(
        slug="changement-annee",
        title="Ce que devient mon travail au changement d’année",
        summary="Vous gardez tout\u00a0; seuls les partages avec les classes prennent fin.",
        topic="rollover",
        profiles=TEAM,
        known_as="bascule perdre productions",
    ),
    # Help
    Article(
        slug="assistance-demander",
        title="Faire une demande, et la suivre",
        summary="Qui la lit, comment elle avance, qui voit quoi.",
        topic="support",
        known_as="ticket support aide problème panne",
    ),
    Article(
        slug="assistance-traiter",
        title="Répondre aux demandes de mon école",
        summary="Prendre, répondre, transmettre\u00a0; notes internes et réponses toutes prêtes.",
        topic="support",
        profiles=DESKS,
        administrators=True,
        known_as="ticket escalade eRUN académie",
    ),
    # Console
    Article(
        slug="console-comptes",
        title="Trouver un compte, donner un code",
        summary="Chercher quelqu’un, comprendre son état, l’aider à entrer.",
        topic="console",
        profiles=DESKS,
        administrators=True,
        known_as="utilisateur activation mot de passe créer",
    ),
    Article(
        slug="console-rattacher",
        title="Rattacher, détacher, donner une classe",
        summary="Un remplaçant arrive, une collègue part, un CM1 change de maitre.",
        topic="console",
        profiles=DESKS,
        administrators=True,
        known_as="enseignant remplaçant départ",
    ),
    Article(
        slug="console-bloquer",
        title="Bloquer et débloquer des comptes",
        summary="Une personne, ou tout un profil, jusqu’à la date que vous dites.",
        topic="console",
        profiles=DESKS,
        administrators=True,
        known_as="fermer suspendre accès",
    ),
    Article(
        slug="console-courriers",
        title="Imprimer les courriers de première connexion",
        summary="Pour une classe ou pour une famille\u00a0; par courriel aussi.",
        topic="console",
        profiles=DESKS,
        administrators=True,
        known_as="lettre étiquette code famille publipostage",
    ),
    Article(
        slug="console-groupes",
        title="Groupes, et qui peut écrire à qui",
        summary="Les groupes de scolarité, les groupes manuels, les règles de l’école.",
        topic="console",
        profiles=DESKS,
        administrators=True,
        known_as="communication APE règle",
    ),
    Article(
        slug="console-alimentation",
        title="Lire une alimentation, envoyer un fichier d’ONDE",
        summary="Ce qui entre, ce qui est mis de côté, et où le corriger.",
        topic="console",
        profiles=DESKS,
        administrators=True,
        known_as="import CSV AAF synchronisation élève absent",
    ),
    # For pupils, in their words
    Article(
        slug="eleve-mot-de-passe",
        title="J’ai oublié mon mot de passe",
        summary="Ta maitresse ou ton maitre peut t’en donner un autre.",
        topic="account",
        profiles=PUPILS,
        known_as="code images",
    ),
    Article(
        slug="eleve-messages",
        title="Lire et écrire un message",
        summary="À qui tu peux écrire, et comment.",
        topic="messaging",
        profiles=PUPILS,
    ),
    Article(
        slug="eleve-cahiers",
        title="Voir mon travail",
        summary="Ce que tu dois faire, et pour quand.",
        topic="notebooks",
        profiles=PUPILS,
        known_as="devoirs",
    ),
    Article(
        slug="eleve-documents",
        title="Ranger mes documents",
        summary="Garder un dessin, une photo, un texte.",
        topic="documents",
        profiles=PUPILS,
    ),
    Article(
        slug="eleve-message-mechant",
        title="Un message me fait de la peine",
        summary="Tu n’as rien fait de mal. Dis-le.",
        topic="messaging",
        profiles=PUPILS,
        known_as="méchant peur",
    ),
)
