from django.urls import path

from sharing.views import bin, bulk, grants, lists, offers, panel, several, undo

app_name = "sharing"
urlpatterns = [
    path("", lists.with_me, name="with_me"),
    path("les-miens/", lists.by_me, name="by_me"),
    path("les-miens/ensemble/", bulk.together, name="together"),
    path("plusieurs/", several.several, name="several"),
    path("plusieurs/donner/", several.give_several, name="give_several"),
    path("plusieurs/lignes/", several.several_lines, name="several_lines"),
    path("destinataires/", panel.people, name="people"),
    path("corbeille/", bin.trashed, name="bin"),
    path("corbeille/jeter/", bin.throw, name="throw"),
    path("corbeille/reprendre/", bin.bring_back, name="bring_back"),
    path("corbeille/supprimer/", bin.forever, name="forever"),
    path("retraits/<uuid:uuid>/annuler/", undo.undo, name="undo"),
    path("cessions/<uuid:uuid>/accepter/", offers.accept, name="accept"),
    path("cessions/<uuid:uuid>/refuser/", offers.decline, name="decline"),
    path("<uuid:uuid>/", panel.panel, name="panel"),
    path("<uuid:uuid>/destinataires/", panel.recipients, name="recipients"),
    path("<uuid:uuid>/donner/", grants.give, name="give"),
    path("<uuid:uuid>/droit/", grants.change, name="change"),
    path("<uuid:uuid>/retirer/", grants.remove, name="remove"),
    path("<uuid:uuid>/a-leur-nom/", grants.by_name, name="by_name"),
    path("<uuid:uuid>/favori/", grants.favourite, name="favourite"),
    path("<uuid:uuid>/confier/", grants.entrust, name="entrust"),
    path("<uuid:uuid>/ceder/", grants.cede, name="cede"),
    path("<uuid:uuid>/reprendre/", grants.take_back, name="take_back"),
]
