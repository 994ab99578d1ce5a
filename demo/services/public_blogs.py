"""A school of the demo tells new families what the first days of the year ask, in a blog that anybody reads.

Everything is done by the services that pages call, in the director's name.
"""

from datetime import timedelta
from io import BytesIO

from accounts.models import User
from blog.enums import BLOG
from blog.models import Blog, Post, PublicBlog
from blog.services import posts, publish
from blog.services.blogs import Settings
from blog.services.public import Choice, create_public
from core import clock
from core.progress import SILENT, Progress
from core.storage.services import receive
from demo.accounts import Role, chosen
from demo.contents import papers
from documents.services import keeping
from schools.enums import SchoolKind

TITLE = "La rentrée, mode d’emploi"
DESCRIPTION = "Horaires, fournitures, cantine\u00a0: ce qu’il faut savoir pour le premier jour."
HOURS = (
    "<p>Le premier jour, les niveaux arrivent l’un après l’autre. Ensuite, le portail ouvre chaque matin à "
    "8\u00a0h\u00a020.</p><table><thead><tr><th>Niveau</th><th>Premier jour</th><th>Portail</th></tr></thead><tbody>"
    "<tr><th>CP</th><td>9\u00a0h\u00a015</td><td>rue des Carriers</td></tr>"
    "<tr><th>CE1, CE2</th><td>8\u00a0h\u00a045</td><td>place du Marché</td></tr>"
    "<tr><th>CM1, CM2</th><td>8\u00a0h\u00a020</td><td>place du Marché</td></tr></tbody></table>"
    "<p>Un parent accompagne son enfant de CP dans la cour.</p>"
)
SUPPLIES = (
    "<p>Un cartable, une trousse garnie, une tenue de sport marquée au nom de l’enfant. Les cahiers sont fournis "
    "par l’école.</p>"
)
CANTEEN = (
    "<p>La garderie accueille dès 7\u00a0h\u00a030 et jusqu’à 18\u00a0h\u00a015. Pour la cantine, les inscriptions se "
    "font en mairie, avant la veille à midi.</p>"
)
LISTS = (
    ("Liste du CP.pdf", "Fournitures du CP", ("Deux crayons à papier, une gomme.", "Douze feutres.")),
    ("Liste du CE1 au CM2.pdf", "Fournitures du CE1 au CM2", ("Une règle, une équerre.", "Un agenda.")),
)


def tell_families(*, progress: Progress = SILENT) -> int:
    """Opens the blog of the first school that has a CP, once; answers how many were opened."""
    heads = [
        each
        for each in chosen()
        if each.role == Role.DIRECTOR and each.school is not None and each.school.kind != SchoolKind.NURSERY
    ]
    if not heads or PublicBlog.objects.exists():
        return 0
    progress.step("Blog public")
    head = heads[0]
    assert head.school is not None
    with clock.at(clock.now() - timedelta(days=12)):
        blog = create_public(
            by=head.person,
            school=head.school,
            settings=Settings(title=TITLE, description=DESCRIPTION),
            choice=Choice(),
        ).blog
        _publish(head.person, _draft(head.person, blog, "Cantine et garderie", CANTEEN))
        supplies = _draft(head.person, blog, "Fournitures", SUPPLIES)
        for name, title, lines in LISTS:
            received = receive(file=BytesIO(papers.pdf(title, lines)), name=name)
            keeping.join(
                by=head.person, space=BLOG, subject=supplies.uuid, blob=received.blob, name=received.name
            )
        _publish(head.person, supplies)
        hours = _publish(head.person, _draft(head.person, blog, "Horaires de la rentrée", HOURS))
        publish.pin(by=head.person, post=hours, on=True)
    return 1


def _draft(by: User, blog: Blog, title: str, body: str) -> Post:
    return posts.save(by=by, post=posts.begin(by=by, blog=blog), title=title, body=body)


def _publish(by: User, post: Post) -> Post:
    return publish.publish(by=by, post=post, reminded=True)
