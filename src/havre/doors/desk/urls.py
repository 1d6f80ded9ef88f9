"""Every address of the desk, under /desk/: one for both languages."""

from django.urls import path

from havre.doors.desk.views import confirm, factors, gate, home, joining, people, profile

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("roles", home.roles, name="roles"),
    path("language", gate.language, name="language"),
    path("sign-in", gate.sign_in, name="sign-in"),
    path("sign-in/second-step", gate.second_step, name="second-step"),
    path("sign-out", gate.sign_out, name="sign-out"),
    path("invitation/<uuid:id>", joining.invitation, name="invitation"),
    path("confirm", confirm.confirm, name="confirm"),
    path("profile", profile.profile, name="profile"),
    path("profile/language", profile.choose_language, name="choose-language"),
    path("profile/password", profile.change_password, name="change-password"),
    path("profile/sessions", profile.sessions, name="sessions"),
    path("profile/second-factors", factors.second_factors, name="second-factors"),
    path("profile/second-factors/passkey", factors.add_passkey, name="add-passkey"),
    path("profile/second-factors/app", factors.add_app, name="add-app"),
    path("profile/second-factors/app/begin", factors.begin_app, name="begin-app"),
    path("profile/second-factors/codes", factors.recovery_codes, name="recovery-codes"),
    path("profile/second-factors/<uuid:id>/remove", factors.remove_factor, name="remove-factor"),
    path("staff", people.everybody, name="staff"),
    path("staff/invite", people.invite, name="staff-invite"),
    path("staff/<uuid:id>", people.member, name="staff-member"),
    path("staff/<uuid:id>/again", people.invite_again, name="staff-again"),
    path("staff/<uuid:id>/end", people.end, name="staff-end"),
]
