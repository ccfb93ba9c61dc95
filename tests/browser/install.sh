#!/usr/bin/env bash
# Debian's Chromium with its driver, for the tests of the report: where it is missing and can be installed.
# Elsewhere the tests are skipped, and say so.
set -euo pipefail
if command -v chromium > /dev/null && command -v chromedriver > /dev/null; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo "no Chromium, and no way to install it: the tests of the report in a browser will be skipped" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq --no-install-recommends chromium chromium-driver > /dev/null
