"""`/administration/journal/`."""

from django.urls import path

from admin_console.audit import views

urlpatterns = [
    path("journal/", views.audit, name="audit"),
    path("journal/export.csv", views.export, name="audit_export"),
]
