from django.urls import path

from home.views import manage, notices

app_name = "notices"
urlpatterns = [
    path("", notices.index, name="index"),
    path("gerer/", manage.index, name="manage"),
    path("ecrire/", manage.write, name="write"),
    path("<uuid:uuid>/", notices.notice, name="notice"),
    path("<uuid:uuid>/lu/", notices.acknowledge, name="acknowledge"),
    path("<uuid:uuid>/modifier/", manage.edit, name="edit"),
    path("<uuid:uuid>/lectures/", manage.readers, name="readers"),
    path("<uuid:uuid>/rappeler/", manage.remind, name="remind"),
    path("<uuid:uuid>/publier/", manage.post, name="post"),
    path("<uuid:uuid>/retirer/", manage.withdraw, name="withdraw"),
    path("<uuid:uuid>/remettre/", manage.put_back, name="put_back"),
    path("<uuid:uuid>/supprimer/", manage.erase, name="erase"),
]
