"""Names of people: what French registers hold, compound, accented and from everywhere."""

from collections.abc import Sequence

from demo.academy.dice import Dice


def words(text: str) -> tuple[str, ...]:
    """The words of a text, parted by spaces."""
    return tuple(text.split())


BOYS = words(
    "Gabriel Raphaël Léo Louis Maël Noah Jules Adam Arthur Isaac Liam Sacha Eden Lucas Hugo Naël Aaron "
    "Mohamed Nathan Gaspard Paul Léon Malo Nino Théo Marius Ayden Tiago Victor Soan Côme Ibrahim Yanis "
    "Augustin Basile Antoine Samuel Loïc Jean-Baptiste Pierre-Louis Mathéo Amir Evan Robin Ilyès Simon "
    "Timéo Axel François Élie Joël Noël Célestin Anatole Félix Oscar Émile Moussa Kaïs Rayan"
)
GIRLS = words(
    "Jade Louise Ambre Alba Emma Rose Alice Romy Anna Lina Léna Mia Lou Julia Chloé Alma Agathe Inaya Iris "
    "Inès Léa Nina Zoé Juliette Mila Luna Éva Victoire Jeanne Romane Adèle Charlie Aya Olivia Margaux "
    "Maryam Sofia Élise Lucie Manon Camille Anaïs Anne-Sophie Marie-Lou Assia Apolline Giulia Thaïs Nour "
    "Maëlle Cœlia Héloïse Clémence Joséphine Aïcha Noémie Léonie Ysé Maïwenn Océane"
)
MEN = words(
    "Nicolas Julien Thomas Sébastien David Christophe Frédéric Stéphane Olivier Laurent Guillaume Cédric "
    "Jérôme Mickaël Vincent Karim Mehdi Benoît Arnaud Ludovic Fabrice Mamadou José Antonio Jean-Marc Anthony "
    "Romain Florian Kévin Damien Grégory Jean-Philippe Rachid Loïc Yann Sylvain Maxime Bruno Régis Raphaël "
    "Paulo Tariq Joaquim Hervé Gaël Cyril"
)
WOMEN = words(
    "Céline Aurélie Émilie Stéphanie Virginie Sandrine Julie Nathalie Sophie Laetitia Élodie Audrey Caroline "
    "Karine Delphine Fatima Nadia Sabrina Hélène Vanessa Mélanie Marie-Claude Samira Maria Claire Anne "
    "Charlotte Pauline Marine Amandine Aïssatou Bénédicte Anne-Laure Gaëlle Séverine Priscilla Noémie Leïla "
    "Inès Marie-Pierre Ophélie Solène Agnès Valérie Yasmina Cécile"
)
SPACED_FIRST_NAMES = ("Marie Lou", "Anna Rose", "Jean Gabriel", "Lou Andréa")

SURNAMES = words(
    "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefèvre Leroy Roux "
    "David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Faure André "
    "Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin "
    "Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour "
    "Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche "
    "Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix "
    "Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean "
    "Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis Moulin Louis Deschamps Huet Vasseur Perez Boucher "
    "Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré Charles Renault Charpentier Ménard "
    "Maillard Baron Bertin Bailly Hervé Schneider Fernandez Collet Léger Bouvier Julien Prévost Millet Perrot "
    "Daniel Cousin Germain Breton Besson Langlois Rémy Pelletier Lévêque Perrier Leblanc Barré Lebrun "
    "Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet Étienne Grondin "
    "Poulain Tessier Chevallier Collin Chauvin Bouchet Gay Lemaître Bénard Maréchal Humbert Reynaud Antoine "
    "Hoarau Perret Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier Laporte Diallo "
    "Traoré Benali Haddad Nguyen Tran Kaya Öztürk Silva Ferreira Moreira Coulibaly Konaté Mansouri Belkacem "
    "Rahmani Slimani Cissé Sow Popescu Kowalski Rossi Bianchi Nuñez Gonçalves Peña Fontenoy Quéméneur Kerbrat "
    "Chaput Vasseux Œuvrard Beaufils Courtois Desnoyers Sauvage Thibault Vallée Wagner Zimmermann Yvon"
)
SPACED_SURNAMES = (
    "Le Goff",
    "Da Silva",
    "Dos Santos",
    "El Amrani",
    "De La Tour",
    "Le Bihan",
    "Ben Youssef",
    "N'Diaye",
    "D'Almeida",
    "L'Hostis",
    "Van Den Berghe",
    "O'Brien",
)
_HEADS = words(
    "Mar Du Le Ber La Ro Gi Mo Fa Per Bou Cha Gau De Si Lam Fon Gar Ri Bar Cor Del Lou Mer Pré Val Ben Ma Ou "
    "Dia Tra Cam Fer San Al Kou Ta Vi Jo Hé Mé Thé"
)
_TAILS = words(
    "tin bois roy nard mond bert rard reau bre rin cher vier lin ra sset dier taine nier chaud bier don mas "
    "vet lier cier nand gues rier tos let nais llot chel lou rand"
)
_ENDS = ("", "", "", "", "", "", "", "ault", "eau", "ois", "ez", "in", "ard", "elle", "et", "oux")


def surname(dice: Dice, *, composed: bool) -> str:
    """A family name in capitals, as AAF writes it; `composed` adds made-up ones for large academies."""
    kind = dice.below(100)
    if kind < 3:
        name = dice.pick(SPACED_SURNAMES)
    elif kind < 6:
        name = f"{dice.pick(SURNAMES)}-{dice.pick(SURNAMES)}"
    elif composed and kind < 60:
        name = dice.pick(_HEADS) + dice.pick(_TAILS) + dice.pick(_ENDS)
    else:
        name = dice.pick(SURNAMES)
    return name.upper()


def child_name(dice: Dice, *, girl: bool, taken: Sequence[str] = ()) -> str:
    """A first name that no brother or sister bears."""
    if dice.chance(0.01):
        name = dice.pick(SPACED_FIRST_NAMES)
        if name not in taken:
            return name
    while True:
        name = dice.pick(GIRLS if girl else BOYS)
        if name not in taken:
            return name


def adult_name(dice: Dice, *, woman: bool) -> str:
    return dice.pick(WOMEN if woman else MEN)
