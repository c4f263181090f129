"""Write the partnership and its three years, and prove that the figures come out: run as the migration role."""

import sys

import django


def main() -> int:
    """Make the history; say what was made, or what does not agree."""
    django.setup()
    # Django's models can be imported only now.
    from harbour.demo.history import generator
    from harbour.demo.history.calibration import NotCalibrated

    try:
        print(generator.make())
    except NotCalibrated as differences:
        print(differences, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
