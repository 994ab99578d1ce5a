"""`/administration/utilisateurs/`: the list, each person's page and every act on them."""

from django.urls import path

from admin_console.users.urls_letters import urlpatterns as letters
from admin_console.users.urls_list import urlpatterns as listing
from admin_console.users.views import acts, acts_account, acts_family, acts_places, card

USER = "utilisateurs/<uuid:uuid>/"

urlpatterns = [
    *listing,
    *letters,
    path("utilisateurs/creer/", acts_account.new, name="user_new"),
    path(USER, card.user, name="user"),
    path(f"{USER}modifier/", acts_account.edit, name="user_edit"),
    path(f"{USER}supprimer/", acts.delete, name="user_delete"),
    path(f"{USER}pre-supprimer/", acts.pre_delete, name="user_pre_delete"),
    path(f"{USER}restaurer/", acts.restore, name="user_restore"),
    path(f"{USER}bloquer/", acts.block, name="user_block"),
    path(f"{USER}debloquer/", acts.unblock, name="user_unblock"),
    path(f"{USER}code/", acts.code, name="user_code"),
    path(f"{USER}code/montre/", acts.code_shown, name="user_code_shown"),
    path(f"{USER}mot-de-passe/", acts.password, name="user_password"),
    path(f"{USER}ecoles/<uuid:school>/detacher/", acts_places.detach_school, name="user_detach"),
    path(f"{USER}rattacher/", acts_places.attach_school, name="user_attach"),
    path(f"{USER}classes/ajouter/", acts_places.add_class, name="user_add_class"),
    path(f"{USER}classes/retirer/", acts_places.remove_class, name="user_remove_class"),
    path(f"{USER}liens/ajouter/", acts_family.tie_add, name="user_tie_add"),
    path(f"{USER}liens/<uuid:other>/retirer/", acts_family.tie_end, name="user_tie_end"),
    path(f"{USER}liens/<uuid:other>/", acts_places.tie, name="user_tie"),
    path(f"{USER}liens/<uuid:other>/lever/", acts_places.lift_tie, name="user_lift_tie"),
    path(f"{USER}photo/", acts_places.photo, name="user_photo"),
]
