"""The articles for pupils, in their words."""

from support.help.article import PUPILS, Article

PUPIL_ARTICLES = (
    Article(
        slug="eleve-mot-de-passe",
        title="J’ai oublié mon mot de passe",
        summary="Ta maitresse ou ton maitre peut t’en donner un autre.",
        topic="account",
        profiles=PUPILS,
        known_as="code images",
    ),
    Article(
        slug="eleve-partir",
        title="Je change d’école",
        summary="Garder tes affaires, et ce que devient ton compte.",
        topic="account",
        profiles=PUPILS,
        known_as="collège télécharger déménager",
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
