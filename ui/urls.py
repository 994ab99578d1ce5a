from django.urls import path

from ui.views import frame, statements, styles

app_name = "ui"
urlpatterns = [
    path("accessibilite/", statements.accessibility, name="accessibility"),
    path("mentions-legales/", statements.legal, name="legal"),
    path("donnees-personnelles/", statements.personal_data, name="personal_data"),
    path("apparence/", frame.choose_theme, name="theme"),
    path("plus/", frame.menu, name="menu"),
    path("styles/", styles.living_page, name="styles"),
]
