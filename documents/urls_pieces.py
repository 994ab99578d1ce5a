"""Files of the other applications: their addresses stand apart, since a school may close the Espace documentaire
and keep its blog."""

from django.urls import path

from documents.views import pieces

app_name = "pieces"
urlpatterns = [
    path("envois/", pieces.PieceUploadsView.as_view(), name="uploads"),
    path("envois/<uuid:upload>/", pieces.PieceUploadView.as_view(), name="upload"),
    path("fichier/<uuid:uuid>/contenu/", pieces.content, name="content"),
    path("fichier/<uuid:uuid>/telecharger/", pieces.download, name="download"),
    path("fichier/<uuid:uuid>/vignette/<int:size>/", pieces.thumbnail, name="thumbnail"),
    path("<slug:space>/<uuid:subject>/", pieces.pieces, name="joined"),
    path("<slug:space>/<uuid:subject>/image/", pieces.picture, name="picture"),
    path("<slug:space>/<uuid:subject>/mes-documents/", pieces.choose, name="choose"),
    path("<slug:space>/<uuid:subject>/<uuid:file>/legende/", pieces.caption, name="caption"),
    path("<slug:space>/<uuid:subject>/<uuid:file>/retirer/", pieces.remove, name="remove"),
]
