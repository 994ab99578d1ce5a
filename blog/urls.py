from django.urls import path

from blog.urls_public import urlpatterns as public
from blog.views import acts, blogs, comments, papers, pictures, posts, settings

app_name = "blog"
urlpatterns = [
    *public,
    path("", blogs.index, name="index"),
    path("nouveau/", settings.create, name="create"),
    path("billet/<uuid:uuid>/", posts.post, name="post"),
    path("billet/<uuid:uuid>/modifier/", posts.edit, name="edit"),
    path("billet/<uuid:uuid>/publier/", acts.publish_now, name="publish"),
    path("billet/<uuid:uuid>/soumettre/", acts.submit, name="submit"),
    path("billet/<uuid:uuid>/reprendre/", acts.take_back, name="take_back"),
    path("billet/<uuid:uuid>/renvoyer/", acts.send_back, name="send_back"),
    path("billet/<uuid:uuid>/epingler/", acts.pin, name="pin"),
    path("billet/<uuid:uuid>/jeter/", acts.throw, name="throw"),
    path("billet/<uuid:uuid>/restaurer/", acts.restore, name="restore"),
    path("billet/<uuid:uuid>/supprimer/", acts.erase, name="erase"),
    path("billet/<uuid:uuid>/flouter/", pictures.blur, name="blur"),
    path("billet/<uuid:uuid>/flouter/<uuid:piece>/", pictures.source, name="blur_source"),
    path("billet/<uuid:uuid>/commenter/", comments.say, name="say"),
    path("commentaire/<uuid:uuid>/", comments.edit, name="comment"),
    path("commentaire/<uuid:uuid>/publier/", comments.let_out, name="comment_publish"),
    path("commentaire/<uuid:uuid>/renvoyer/", comments.send_back, name="comment_send_back"),
    path("commentaire/<uuid:uuid>/supprimer/", comments.delete, name="comment_delete"),
    path("<uuid:uuid>/", blogs.blog, name="blog"),
    path("<uuid:uuid>/reglages/", settings.settings, name="settings"),
    path("<uuid:uuid>/illustration/", settings.illustration, name="illustration"),
    path("<uuid:uuid>/copier/", settings.copy, name="copy"),
    path("<uuid:uuid>/ecrire/", posts.begin, name="begin"),
    path("<uuid:uuid>/relire/", blogs.waiting, name="waiting"),
    path("<uuid:uuid>/corbeille/", acts.bin, name="bin"),
    path("<uuid:uuid>/imprimer/", papers.printed, name="print"),
    path("<uuid:uuid>/pdf/", papers.start, name="pdf_start"),
    path("<uuid:uuid>/pdf/<uuid:job>/", papers.follow, name="pdf"),
    path("<uuid:uuid>/pdf/<uuid:job>/fichier/", papers.file, name="pdf_file"),
]
