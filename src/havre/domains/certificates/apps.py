from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "havre.domains.certificates"
    label = "certificates"
