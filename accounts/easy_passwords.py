"""A password that a child can read, type and keep: two short words and two digits, such as `lune-tigre-47`.

Words of few letters, without accent, that no two are taken for each other; about a million and a half
passwords, kept from guessing by the limits of `attempts.py`.
"""

import secrets

_TEXT = (
    "ami balle banc barbe bateau bijou bois boite bonnet bouton bras brique bulle cabane cactus canard "
    "carte castor cerise cheval chat chien ciel citron coco colibri colle coude craie crabe cube dragon drap "
    "ecole etoile fable farine fete feuille figue filet flute foin forge four fraise fusee gant gare girafe "
    "givre gomme gorille grain herbe hibou igloo ile jardin jouet journal jupe kayak kiwi koala lac laine "
    "lampe lapin lilas lion livre loup lune lutin malle marin melon miel mouton moulin mur navire neige nid "
    "noix nuage olive orange ours pain panda papier parc patin peluche petale piano pie pigeon pirate plage "
    "plume poche poire pomme pont prune puzzle radis raisin renard riz robot robe roue ruban sable sac "
    "salade sapin savon serpent singe sirop soleil souris stylo sucre table tambour tapis tarte tigre tomate "
    "tortue train tulipe vague valise velo verger violon wagon yaourt zebre zoo"
)
WORDS = tuple(_TEXT.split())


def easy_password() -> str:
    """A new one, at random."""
    chance = secrets.SystemRandom()
    first, second = chance.sample(WORDS, 2)
    return f"{first}-{second}-{chance.randrange(10, 100)}"
