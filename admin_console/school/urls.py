"""`/administration/etablissement/`: one page a section, for the school asked (`?ecole=`)."""

from django.urls import path

from admin_console.school.views import (
    administrators,
    blocks,
    choices,
    feeds,
    index,
    left,
    passwords,
    quotas,
    reports,
    sending,
)

urlpatterns = [
    path("etablissement/", index.manage, name="manage"),
    path("etablissement/blocage/", blocks.blocks, name="blocks"),
    path("etablissement/blocage/<slug:profile>/", blocks.details, name="block_details"),
    path("etablissement/blocage/<slug:profile>/bloquer/", blocks.block, name="block"),
    path("etablissement/blocage/<slug:profile>/debloquer/", blocks.unblock, name="unblock"),
    path("etablissement/informations/", choices.identity, name="identity"),
    path("etablissement/informations/logo/", choices.logo, name="logo"),
    path("etablissement/alimentations/", feeds.feeds, name="school_feeds"),
    path("etablissement/alimentations/<uuid:run>/", feeds.rows, name="school_feed"),
    path("etablissement/administrateurs/", administrators.administrators, name="administrators"),
    path("etablissement/administrateurs/nommer/", administrators.name, name="administrator_name"),
    path("etablissement/administrateurs/<int:key>/retirer/", administrators.take, name="administrator_take"),
    path("etablissement/espace/", quotas.quotas, name="quotas"),
    path("etablissement/espace/<uuid:person>/", quotas.person, name="quota_person"),
    path("etablissement/heures-calmes/", choices.quiet, name="quiet"),
    path("etablissement/messages/", sending.messages_sent, name="school_messages"),
    path("etablissement/messages/arreter/", sending.stop, name="messages_stop"),
    path("etablissement/messages/<uuid:uuid>/reprendre/", sending.resume, name="messages_resume"),
    path("etablissement/messages/alertes/<uuid:uuid>/", sending.alert, name="messages_alert"),
    path("etablissement/mots-de-passe/", passwords.passwords, name="passwords"),
    path("etablissement/mots-de-passe/<uuid:uuid>/", passwords.followed, name="passwords_job"),
    path("etablissement/signalements/", reports.reports, name="reports"),
    path("etablissement/signalements/<uuid:uuid>/", reports.report, name="report"),
    path("etablissement/signalements/<uuid:uuid>/traiter/", reports.handled, name="report_handled"),
    path("etablissement/entre-parents/", choices.reach, name="reach"),
    path("etablissement/contenus/", left.things, name="left_things"),
    path("etablissement/contenus/<uuid:uuid>/corbeille/", left.trash, name="left_trash"),
    path("etablissement/contenus/<uuid:uuid>/restaurer/", left.restore, name="left_restore"),
    path("etablissement/contenus/<uuid:uuid>/supprimer/", left.erase, name="left_erase"),
    path("etablissement/applications/", choices.applications, name="applications"),
]
