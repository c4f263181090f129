"""Register assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Tools and judgements."""

    name = "harbour.work.assessments"
    label = "assessments"
