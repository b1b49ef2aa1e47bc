"""Root addresses. What stands under a cooperative's slug is for its members, unless a view says `public_page`."""

from django.urls import include, path

from surelle.commons.members.views.account import language

from .health import health

urlpatterns = [
    path("sante/", health, name="health"),
    path("", include("surelle.home.start_urls")),
    path("compte/", include("allauth.urls")),
    path("langue/", language, name="set_language"),
    path("charte/", include("surelle.web.urls")),
    path("moi/", include("surelle.commons.members.person_urls")),
    path("parole/", include("surelle.collective.testimonies.public_urls")),
    path("<slug:cooperative>/", include("surelle.home.urls")),
    path("<slug:cooperative>/membres/", include("surelle.commons.members.urls")),
    path("<slug:cooperative>/journal/", include("surelle.commons.audit.urls")),
    path("<slug:cooperative>/recherche/", include("surelle.commons.search.urls")),
    path("<slug:cooperative>/nouvelles/", include("surelle.commons.notifications.urls")),
    path("<slug:cooperative>/groupes/", include("surelle.collective.groups.urls")),
    path("<slug:cooperative>/temoignages/", include("surelle.collective.testimonies.urls")),
]
