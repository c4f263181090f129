"""Write the partnership and its three years, and prove them: run as the migration role."""

import sys
from importlib import import_module

import django


def main() -> int:
    """Make the history; say what was made, or what does not agree."""
    django.setup()
    # Models can be imported only now that Django is set up.
    generator = import_module("harbour.demo.history.generator")
    calibration = import_module("harbour.demo.history.calibration")
    try:
        print(generator.make())
    except calibration.NotCalibrated as differences:
        print(differences, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
