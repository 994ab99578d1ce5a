from django.urls import path

from rollover import views

app_name = "rollover"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("garder/", views.keep, name="keep"),
]
