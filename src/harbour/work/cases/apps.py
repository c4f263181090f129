"""Register cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """What is decided and done for a child."""

    name = "harbour.work.cases"
    label = "cases"
