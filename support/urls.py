from django.urls import path

from support.views import ask, canned, figures, help, lists, ticket

app_name = "support"
urlpatterns = [
    path("", lists.index, name="index"),
    path("mes-demandes/", lists.mine, name="mine"),
    path("demander/", ask.index, name="ask"),
    path("demander/destinataires/", ask.recipients, name="recipients"),
    path("demandes/", lists.queue, name="queue"),
    path("demandes/export.csv", lists.export, name="export"),
    path("demandes/<uuid:uuid>/", ticket.index, name="ticket"),
    path("demandes/<uuid:uuid>/repondre/", ticket.reply, name="reply"),
    path("demandes/<uuid:uuid>/etat/", ticket.state, name="state"),
    path("demandes/<uuid:uuid>/suivi/", ticket.assign, name="assign"),
    path("demandes/<uuid:uuid>/classer/", ticket.classify, name="classify"),
    path("demandes/<uuid:uuid>/transmettre/", ticket.pass_on, name="pass_on"),
    path("reponses/", canned.index, name="canned"),
    path("reponses/nouvelle/", canned.new, name="canned_new"),
    path("reponses/<uuid:uuid>/", canned.edit, name="canned_edit"),
    path("reponses/<uuid:uuid>/supprimer/", canned.delete, name="canned_delete"),
    path("chiffres/", figures.index, name="figures"),
    path("aide/", help.index, name="help"),
    path("aide/<slug:slug>/", help.article, name="article"),
    path("connexion/", help.trouble, name="trouble"),
]
