"""Register the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The floor under the floors."""

    name = "harbour.foundation.kernel"
    label = "kernel"
