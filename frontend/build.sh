#!/bin/sh
# Rebuild the committed styles and script from their sources, then write down what was built from what.
set -eu
cd "$(dirname "$0")"
out=../src/harbour/foundation/ui/static/harbour
moj=node_modules/@ministryofjustice/frontend/moj/assets/images

[ -d node_modules ] || npm ci --ignore-scripts
mkdir -p "$out/images"
npx --no-install sass --load-path=. --style=compressed --no-source-map --quiet-deps \
  sass/harbour.scss "$out/harbour.css"
npx --no-install esbuild js/harbour.js --bundle --minify --format=iife --target=es2020 \
  --legal-comments=none --log-level=warning --outfile="$out/harbour.js"
npx --no-install esbuild js/start.js --minify --target=es2020 --log-level=warning \
  --outfile="$out/start.js"

# The royal crest belongs to gov.uk: the one rule that names it is emptied.
sed -i.bak 's/url("images\/govuk-crest.svg")/none/g' "$out/harbour.css" && rm "$out/harbour.css.bak"

rm -f "$out"/images/*
cp images/favicon.svg "$out/images/"
# Only the pictures that the styles name, so that nothing with a crown or crest is carried along.
grep -o 'url([^)]*)' "$out/harbour.css" | tr -d '"' | sed -n 's/^url(images\/\([^)]*\))$/\1/p' | sort -u |
while read -r name; do
  cp "$moj/$name" "$out/images/"
done
if grep -q 'GDS Transport' "$out/harbour.css"; then
  echo "The styles name GDS Transport, which only gov.uk may use." >&2
  exit 1
fi
python3 check.py --write
