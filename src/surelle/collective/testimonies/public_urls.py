"""Addresses that need no sign-in: answering a guide by link, and published voices."""

from django.urls import path

from .views import answering, public

app_name = "voices"
urlpatterns = [
    path("publique/<slug:cooperative>/<slug:slug>/", public.collection, name="public"),
    path("publique/<slug:cooperative>/<slug:slug>/diaporama/", public.slides, name="public_slides"),
    path("publique/<slug:cooperative>/<slug:slug>/medias/<int:medium>/", public.media_file, name="public_media"),
    path("<str:secret>/", answering.answer, name="answer"),
    path("<str:secret>/enregistrer/", answering.save, name="save"),
    path("<str:secret>/envoyer/", answering.submit, name="submit"),
    path("<str:secret>/merci/", answering.thanks, name="thanks"),
    path("<str:secret>/retirer/", answering.withdraw, name="withdraw"),
]
