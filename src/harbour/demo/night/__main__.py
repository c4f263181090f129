"""Write last night down: `python -m harbour.demo.night`, as the migration role."""

import sys
from importlib import import_module

import django


def main() -> int:
    """Play last night."""
    django.setup()
    # Models can be imported only now that Django is set up.
    import_module("harbour.demo.night.station").play()
    return 0


if __name__ == "__main__":
    sys.exit(main())
