"""The addresses of the desk: one for both languages."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:home", query_string=False), name="front"),
    path("desk/", include("havre.doors.desk.urls")),
]

handler400 = "havre.doors.desk.errors.bad_request"
handler403 = "havre.doors.desk.errors.refused"
handler404 = "havre.doors.desk.errors.not_found"
handler500 = "havre.doors.desk.errors.failed"
