from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "havre.domains.products"
    label = "products"
