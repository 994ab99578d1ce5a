from django.urls import path

from notebooks.views.memo import blocks, book, documents, pages, paper, reading, sending, shelf

urlpatterns = [
    path("", shelf.index, name="memo_index"),
    path("nouveau/", shelf.begin, name="memo_begin"),
    path("envois/", sending.UploadsView.as_view(), name="memo_uploads"),
    path("envois/<uuid:upload>/", sending.UploadView.as_view(), name="memo_upload"),
    path("taches/<uuid:uuid>/", paper.follow, name="memo_job"),
    path("taches/<uuid:uuid>/pdf/", paper.file, name="memo_job_file"),
    path("page/<uuid:uuid>/", pages.page, name="memo_page"),
    path("page/<uuid:uuid>/lire/", reading.read_page, name="memo_read_page"),
    path("page/<uuid:uuid>/titre/", pages.title, name="memo_page_title"),
    path("page/<uuid:uuid>/deplacer/", pages.move, name="memo_page_move"),
    path("page/<uuid:uuid>/retirer/", pages.remove, name="memo_page_remove"),
    path("page/<uuid:uuid>/remettre/", pages.put_back, name="memo_page_put_back"),
    path("page/<uuid:uuid>/supprimer/", pages.erase, name="memo_page_erase"),
    path("page/<uuid:uuid>/ajouter/", blocks.add, name="memo_block_add"),
    path("page/<uuid:uuid>/documents/", documents.choose, name="memo_documents"),
    path("bloc/<uuid:uuid>/", blocks.edit, name="memo_block"),
    path("bloc/<uuid:uuid>/deplacer/", blocks.move, name="memo_block_move"),
    path("bloc/<uuid:uuid>/retirer/", blocks.remove, name="memo_block_remove"),
    path("bloc/<uuid:uuid>/remettre/", blocks.put_back, name="memo_block_put_back"),
    path("<uuid:uuid>/", book.book, name="memo_book"),
    path("<uuid:uuid>/couverture/", book.dress, name="memo_dress"),
    path("<uuid:uuid>/lire/", reading.read, name="memo_read"),
    path("<uuid:uuid>/pdf/", paper.pdf, name="memo_pdf"),
    path("<uuid:uuid>/pdf/preparer/", paper.start, name="memo_pdf_start"),
    path("<uuid:uuid>/copier/", book.copy, name="memo_copy"),
    path("<uuid:uuid>/au-nom-des-eleves/", book.in_names, name="memo_in_names"),
    path("<uuid:uuid>/pages/", pages.add, name="memo_page_add"),
]
