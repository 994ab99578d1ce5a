from django.urls import path

from home.views import home, search

app_name = "home"
urlpatterns = [path("", home.index, name="index"), path("recherche/", search.everything, name="search")]
