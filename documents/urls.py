from django.urls import path

from documents.views import adding, browse, choosing, files, moving, removing, returned, space, uploads

app_name = "documents"
urlpatterns = [
    path("", browse.mine, name="index"),
    path("partages/", browse.shared, name="shared"),
    path("favoris/", browse.starred, name="starred"),
    path("rendus/", returned.dismiss, name="dismiss"),
    path("applis/", browse.attached, name="attached"),
    path("corbeille/", browse.trash, name="trashed"),
    path("recherche/", browse.search, name="search"),
    path("liberer/", space.space, name="space"),
    path("dossier/<uuid:uuid>/", browse.folder, name="folder"),
    path("dossier/<uuid:uuid>/zip/", files.folder_zip, name="folder_zip"),
    path("fichier/<uuid:uuid>/", files.file, name="file"),
    path("fichier/<uuid:uuid>/contenu/", files.content, name="content"),
    path("fichier/<uuid:uuid>/telecharger/", files.download, name="file_download"),
    path("fichier/<uuid:uuid>/vignette/<int:size>/", files.thumbnail, name="thumbnail"),
    path("fichier/<uuid:uuid>/versions/<int:number>/", files.version, name="version"),
    path("fichier/<uuid:uuid>/versions/<int:number>/afficher/", files.show_version, name="show_version"),
    path("fichier/<uuid:uuid>/versions/<int:number>/supprimer/", files.erase_version, name="erase_version"),
    path("fichier/<uuid:uuid>/remplacer/", adding.replace, name="replace"),
    path("fichier/<uuid:uuid>/commentaires/", files.comment, name="comment"),
    path(
        "fichier/<uuid:uuid>/commentaires/<uuid:comment>/retirer/",
        files.delete_comment,
        name="delete_comment",
    ),
    path("ajouter/", adding.add, name="add"),
    path("nouveau-dossier/", adding.new_folder, name="new_folder"),
    path("envois/", uploads.UploadsView.as_view(), name="uploads"),
    path("envois/<uuid:upload>/", uploads.UploadView.as_view(), name="upload"),
    path("<uuid:uuid>/renommer/", adding.rename, name="rename"),
    path("<uuid:uuid>/favori/", choosing.star, name="star"),
    path("deplacer/", moving.move, name="move"),
    path("copier/", moving.copy, name="copy"),
    path("telecharger/", choosing.download, name="download"),
    path("partager/", choosing.share, name="share"),
    path("mettre-a-la-corbeille/", removing.trash, name="trash"),
    path("restaurer/", removing.restore, name="restore"),
    path("supprimer-definitivement/", removing.forever, name="forever"),
]
