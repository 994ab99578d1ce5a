from django.urls import path

from notebooks.views.liaison import books, follow, received, words

urlpatterns = [
    path("", received.index, name="liaison_received"),
    path("nouveau/", books.new, name="liaison_new"),
    path("recus/<uuid:uuid>/signer/", received.sign, name="liaison_sign"),
    path("mots/<uuid:uuid>/", received.open_word, name="liaison_open"),
    path("mots/<uuid:uuid>/lire/", received.word, name="liaison_read"),
    path("mots/<uuid:uuid>/suivi/", follow.word, name="liaison_word"),
    path("mots/<uuid:uuid>/modifier/", words.write, name="liaison_write"),
    path("mots/<uuid:uuid>/envoyer/", words.send, name="liaison_send"),
    path("mots/<uuid:uuid>/rappeler/", follow.remind, name="liaison_remind"),
    path("mots/<uuid:uuid>/clore/", follow.close, name="liaison_close"),
    path("mots/<uuid:uuid>/rouvrir/", follow.reopen, name="liaison_reopen"),
    path("mots/<uuid:uuid>/arrivees/", follow.newcomers, name="liaison_newcomers"),
    path("mots/<uuid:uuid>/papier/", follow.paper, name="liaison_paper"),
    path("mots/<uuid:uuid>/billets.pdf", follow.slips, name="liaison_slips"),
    path("mots/<uuid:uuid>/supprimer/", words.erase, name="liaison_erase"),
    path("<uuid:uuid>/", books.book, name="liaison_book"),
    path("<uuid:uuid>/reglages/", books.settings, name="liaison_settings"),
    path("<uuid:uuid>/ecrire/", words.begin, name="liaison_begin"),
]
