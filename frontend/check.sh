#!/bin/sh
# Say whether the committed styles and script are those that the sources give. Needs no Node.
exec python3 "$(dirname "$0")/check.py" "$@"
