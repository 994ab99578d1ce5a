"""`/administration/alimentations/` and `/administration/operations/`."""

from django.urls import path

from admin_console.feeds.views import decide, jobs, run, runs, upload

urlpatterns = [
    path("alimentations/", runs.index, name="runs"),
    path("alimentations/envoyer/", upload.send, name="send"),
    path("alimentations/<uuid:uuid>/", run.report_page, name="run"),
    path("alimentations/<uuid:uuid>/suivi/", run.progress, name="run_progress"),
    path("alimentations/<uuid:uuid>/anomalies/", run.anomalies, name="anomalies"),
    path("alimentations/<uuid:uuid>/fiches/<slug:kind>/<slug:action>/", run.rows, name="rows"),
    path("alimentations/<uuid:uuid>/rapport.txt", run.as_text, name="report_text"),
    path("alimentations/<uuid:uuid>/rapport.json", run.as_json, name="report_json"),
    path("alimentations/<uuid:uuid>/appliquer/", decide.apply, name="apply"),
    path("alimentations/<uuid:uuid>/annuler/", decide.undo, name="undo"),
    path("operations/<uuid:uuid>/", jobs.follow, name="job"),
]
