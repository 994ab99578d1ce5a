"""Sign-in pages and one's own account; included at the root."""

from django.urls import path

from directory.views import activation, class_door, leaving, my_account, my_card, password_links, sign_in

app_name = "account"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/eleve/", sign_in.pupil_sign_in, name="pupil_sign_in"),
    path("connexion/classe/<str:link>/", class_door.pupils, name="class_door"),
    path("connexion/classe/<str:link>/<uuid:uuid>/", class_door.chosen, name="class_door_pictures"),
    path("connexion/activation/", activation.activation, name="activation"),
    path("connexion/activation/mot-de-passe/", activation.first_password, name="first_password"),
    path("connexion/mot-de-passe-oublie/", password_links.forgotten, name="forgotten"),
    path("connexion/mot-de-passe-oublie/envoye/", password_links.sent, name="forgotten_sent"),
    path(
        "connexion/nouveau-mot-de-passe/<uuid:uuid>/<str:token>/",
        password_links.new_password,
        name="new_password",
    ),
    path("connexion/courriel/<str:token>/", password_links.confirm_email, name="confirm_email"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("mon-compte/", my_account.mine, name="mine"),
    path("mon-compte/mot-de-passe/", my_account.change_password, name="change_password"),
    path("mon-compte/courriel/", my_account.choose_email, name="choose_email"),
    path("mon-compte/sessions/", my_account.sign_out_everywhere, name="sign_out_everywhere"),
    path("mon-compte/sessions/<uuid:uuid>/", my_card.end_one_session, name="end_session"),
    path("mon-compte/fiche/", my_card.mine, name="card"),
    path("mon-compte/fiche/photo/", my_card.photo, name="card_photo"),
    path("mon-compte/fiche/dessin/", my_card.drawing, name="card_drawing"),
    path("mon-compte/fiche/devise/", my_card.motto, name="card_motto"),
    path("mon-compte/depart/", leaving.leaving, name="leaving"),
    path("mon-compte/contenus/", leaving.takeout, name="takeout"),
    path("mon-compte/contenus/preparer/", leaving.start_takeout, name="takeout_start"),
    path("mon-compte/contenus/<uuid:uuid>/", leaving.takeout_file, name="takeout_file"),
    path("mon-compte/depart/choix/", leaving.choose, name="leaving_choice"),
]
