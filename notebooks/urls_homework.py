from django.urls import path

from notebooks.views.homework import books, calendar, entries, week

urlpatterns = [
    path("nouveau/", books.new, name="homework_new"),
    path("semaine/", week.week, name="homework_week"),
    path("semaine/imprimer/", week.printed, name="homework_week_print"),
    path("agenda/", calendar.addresses, name="homework_calendar"),
    path("devoirs/<uuid:uuid>/", entries.entry, name="homework_entry"),
    path("devoirs/<uuid:uuid>/modifier/", entries.write, name="homework_write"),
    path("devoirs/<uuid:uuid>/fait/", week.tick, name="homework_tick"),
    path("devoirs/<uuid:uuid>/retirer/", entries.take_out, name="homework_take_out"),
    path("devoirs/<uuid:uuid>/remettre/", entries.put_back, name="homework_put_back"),
    path("devoirs/<uuid:uuid>/supprimer/", entries.erase, name="homework_erase"),
    path("<uuid:uuid>/", books.book, name="homework_book"),
    path("<uuid:uuid>/imprimer/", books.printed, name="homework_print"),
    path("<uuid:uuid>/reglages/", books.settings, name="homework_settings"),
    path("<uuid:uuid>/partager/", books.share, name="homework_share"),
    path("<uuid:uuid>/publier/", books.publish, name="homework_publish"),
    path("<uuid:uuid>/copier/", books.copy, name="homework_copy"),
    path("<uuid:uuid>/ecrire/", entries.begin, name="homework_begin"),
    path("<uuid:uuid>/retires/", entries.out, name="homework_out"),
]
