from django.urls import path

from messaging.views import boxes, compose, documents, folders, pieces, reports, reviews, thread

app_name = "messaging"
urlpatterns = [
    path("", boxes.index, name="index"),
    path("envoyes/", boxes.sent, name="sent"),
    path("brouillons/", boxes.drafts, name="drafts"),
    path("corbeille/", boxes.trashed, name="trash"),
    path("agir/", boxes.act, name="act"),
    path("ecrire/", compose.write, name="write"),
    path("envois/", pieces.UploadsView.as_view(), name="uploads"),
    path("envois/<uuid:upload>/", pieces.UploadView.as_view(), name="upload"),
    path("pieces/", pieces.joined, name="joined"),
    path("image/", pieces.picture, name="picture"),
    path("destinataires/", compose.recipients, name="recipients"),
    path("signature/", folders.signature, name="signature"),
    path("dossiers/", folders.make, name="folder_make"),
    path("dossier/<uuid:uuid>/", boxes.in_folder, name="folder"),
    path("dossier/<uuid:uuid>/renommer/", folders.rename, name="folder_rename"),
    path("dossier/<uuid:uuid>/supprimer/", folders.delete, name="folder_delete"),
    path("piece/<uuid:uuid>/", thread.attachment, name="attachment"),
    path("piece/<uuid:uuid>/garder/", documents.keep, name="keep"),
    path("<uuid:uuid>/", thread.thread, name="thread"),
    path("<uuid:uuid>/documents/", documents.choose, name="documents"),
    path("<uuid:uuid>/imprimer/", thread.printed, name="print"),
    path("<uuid:uuid>/repondre/", thread.answer, name="answer"),
    path("<uuid:uuid>/transferer/", thread.forward, name="forward"),
    path("<uuid:uuid>/rappeler/", thread.recall, name="recall"),
    path("<uuid:uuid>/reprendre/", reviews.take_back, name="take_back"),
    path("relectures/", reviews.index, name="reviews"),
    path("relectures/<uuid:uuid>/", reviews.review, name="review"),
    path("relectures/classe/<uuid:uuid>/", reviews.choose_class, name="review_class"),
    path("relectures/ecole/<uuid:uuid>/", reviews.choose_school, name="review_school"),
    path("<uuid:uuid>/signaler/", reports.report_message, name="report"),
]
