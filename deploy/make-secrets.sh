#!/usr/bin/env bash
# Writes the secrets of deploy/compose.yaml into deploy/secrets, once. What is there already is kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
umask 077
mkdir -p secrets
random() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
put() { if [ -e "secrets/$1" ]; then echo "kept    secrets/$1"; else printf '%s' "$2" > "secrets/$1"; echo "written secrets/$1"; fi; }
put postgres_password "$(random)"
put token_secret "$(random)"
put encryption_key "$(random)"
put database_admin_url "postgres://postgres:$(cat secrets/postgres_password)@postgres:5432/postgres"
for role in owner app system; do
  name=database_${role}_url
  [ "$role" = app ] && name=database_url
  put "$name" "postgres://switchboard_$role:$(random)@postgres:5432/switchboard"
done
put smtp_url "${SMTP_URL:-}"
# The container's user must read the files; on this machine only who may enter the folder can.
chmod 644 secrets/*
chmod 700 secrets
