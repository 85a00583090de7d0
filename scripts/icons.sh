#!/bin/sh
# Draws the icons of the installed page from services/dashboard/src/icon.svg, with the Chromium that CHROMIUM_BIN names.
# Systems that cut icons to their own shape get one without round corners.
set -eu
cd "$(dirname "$0")/../services/dashboard"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp src/icon.svg "$work/round.svg"
sed 's/ rx="7"//' src/icon.svg > "$work/square.svg"

draw() { # SHAPE SIZE FILE
  printf '<style>body{margin:0}img{display:block;width:%spx}</style><img src="%s.svg">' "$2" "$1" > "$work/page.html"
  "${CHROMIUM_BIN:-chromium}" --headless --no-sandbox --hide-scrollbars --default-background-color=00000000 \
    --window-size="$2,$2" --screenshot="$work/icon.png" "file://$work/page.html" > /dev/null 2>&1
  mv "$work/icon.png" "public/$3"
}

draw round 192 icon-192.png
draw round 512 icon-512.png
draw square 512 icon-maskable-512.png
draw square 180 apple-touch-icon.png
