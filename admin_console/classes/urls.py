"""`/administration/classes/`."""

from django.urls import path

from admin_console.classes import views

urlpatterns = [path("classes/", views.classes, name="classes")]
