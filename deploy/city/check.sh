#!/usr/bin/env bash
# Check the city's files as far as this machine allows, without starting anything: bash deploy/city/check.sh
# Ends with 1 when a check fails. A check whose program is missing is named, not passed over in silence.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
bin=.venv/bin
failed=0
skipped=()

check() { # NAME PROGRAM ARGUMENTS...
  local name=$1
  shift
  if ! command -v "$1" > /dev/null; then
    skipped+=("$name ($1)")
  elif "$@"; then
    echo "ok      $name"
  else
    echo "FAILED  $name"
    failed=1
  fi
}

# Values for what docker-compose.yml demands; nothing is started with them.
# shellcheck disable=SC2317  # called by name, through check
compose_config() {
  PTSP_UID=1000 PTSP_GID=1000 PTSP_PUBLIC_URL=https://x.example PTSP_SMTP_HOST=x PTSP_MAIL_FROM=x@x.example \
    COMPOSE_PROFILES=second-site,tools "$@" --file docker-compose.yml config --quiet
}

rules='{extends: default, rules: {line-length: {max: 130}, document-start: disable,
  comments: {min-spaces-from-content: 1}, braces: {max-spaces-inside: 0}}}'
check "YAML style" "$bin/yamllint" --strict --config-data "$rules" docker-compose.yml deploy/city/prometheus.yml deploy/city/alerts.yml
check "compose schema" "$bin/check-jsonschema" --quiet --builtin-schema vendor.compose-spec docker-compose.yml
check "against the rooms' settings" "$bin/python" -m pytest -q --no-header tests/unit/test_city.py
if docker compose version > /dev/null 2>&1; then
  check "docker compose config" compose_config docker compose
elif command -v docker-compose > /dev/null; then
  check "docker-compose config" compose_config docker-compose
else
  skipped+=("compose config (docker compose, or docker-compose from apt)")
fi
check "Dockerfile" hadolint deploy/image/Dockerfile
check "shell scripts" shellcheck deploy/image/*.sh deploy/city/*.sh
check "Prometheus" promtool check config --syntax-only deploy/city/prometheus.yml
check "alerts" promtool check rules deploy/city/alerts.yml

for each in "${skipped[@]}"; do echo "NOT CHECKED here, the program is missing: $each"; done
exit "$failed"
