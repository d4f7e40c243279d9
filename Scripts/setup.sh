#!/usr/bin/env bash
# Installs those of the named Debian packages that are missing. On a system without apt it only
# looks whether the libraries are there, and names what to install when they are not.
set -euo pipefail

if ! command -v swift >/dev/null; then
  echo "error: Swift 6.2 or later is needed (https://www.swift.org/install)" >&2
  exit 1
fi

if ! command -v apt-get >/dev/null; then
  libraries=(yaml-0.1 libpng libjpeg libwebp lcms2 freetype2 expat openblas)
  if command -v pkg-config >/dev/null && pkg-config --exists "${libraries[@]}"; then
    exit 0
  fi
  echo "error: this system has no apt-get. Install these libraries with their headers by its own" >&2
  echo "       means, then run make again: libyaml, libpng, libjpeg-turbo, libwebp, Little CMS 2," >&2
  echo "       FreeType, Expat, OpenBLAS, pkg-config." >&2
  echo "       (The Debian packages are: $*.)" >&2
  exit 1
fi

missing=()
for package in "$@"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "error: these packages are missing and sudo is not there to install them: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"
