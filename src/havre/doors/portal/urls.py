"""Every address of the portal. Slugs are English in both languages."""

from django.urls import path

from havre.commons.content.words import Slug
from havre.doors.portal.views import (
    certificates,
    confirm,
    contracts,
    first_sign_in,
    forgotten,
    gate,
    home,
    more,
    not_me,
    reimbursements,
    second_factors,
    second_step,
    texts,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("contracts", contracts.contracts, name="contracts"),
    path("contracts/<uuid:id>", contracts.contract, name="contract"),
    path("contracts/<uuid:id>/numbers", contracts.reveal_nirs, name="reveal-nirs"),
    path("reimbursements", reimbursements.reimbursements, name="reimbursements"),
    path("reimbursements/not-settled", reimbursements.claims, name="claims"),
    path("reimbursements/<uuid:id>", reimbursements.transfer, name="transfer"),
    path("certificates", certificates.certificates, name="certificates"),
    path("certificates/download", certificates.certificate, name="certificate"),
    path("sign-in", gate.sign_in, name="sign-in"),
    path("sign-out", gate.sign_out, name="sign-out"),
    path("create-account", gate.create_account, name="create-account"),
    path("create-account/received", gate.account_requested, name="account-requested"),
    path("forgotten-password", forgotten.password, name="forgotten-password"),
    path(
        "forgotten-password/received",
        forgotten.password_received,
        name="forgotten-password-received",
    ),
    path("forgotten-number", forgotten.number, name="forgotten-number"),
    path("forgotten-number/received", forgotten.number_received, name="forgotten-number-received"),
    path("first-sign-in/password", first_sign_in.choose_password, name="choose-password"),
    path("first-sign-in/email", first_sign_in.confirm_email, name="confirm-email"),
    path("first-sign-in/terms", first_sign_in.accept_terms, name="accept-terms"),
    path("sign-in/second-step", second_step.second_step, name="second-step"),
    path("sign-in/passkey", second_step.passkey_sign_in, name="passkey-sign-in"),
    path("profile/second-factors", second_factors.second_factors, name="second-factors"),
    path("profile/second-factors/passkey", second_factors.add_passkey, name="add-passkey"),
    path("profile/second-factors/app", second_factors.add_app, name="add-app"),
    path("profile/second-factors/app/begin", second_factors.begin_app, name="begin-app"),
    path("profile/second-factors/codes", second_factors.recovery_codes, name="recovery-codes"),
    path("profile/second-factors/decline", second_factors.decline_factors, name="decline-factors"),
    path(
        "profile/second-factors/<uuid:id>/remove",
        second_factors.remove_factor,
        name="remove-factor",
    ),
    path("confirm", confirm.confirm, name="confirm"),
    path("not-me", not_me.not_me, name="not-me"),
    path("not-me/<str:token>", not_me.link, name="not-me-link"),
    path("account-closed", not_me.account_closed, name="account-closed"),
    path("more", more.more, name="more"),
    path("logo", texts.logo, name="logo"),
    path("mailbox", texts.mailbox, name="mailbox"),
    *(path(slug.value, texts.text, {"slug": slug.value}, name=slug.value) for slug in Slug),
]
