#!/bin/sh
# Brings a backup back into a database that does not exist yet, and tells all devices that history has changed.
#
#   DATABASE_ADMIN_URL=postgres://postgres:…@host/postgres deploy/restore.sh switchboard.backup
#
# Stop the servers and workers first. The old database, if it is still there, is never touched: rename it, or choose DATABASE_NAME.
# Afterwards: `npm run migrate` when the version is newer than the backup, then start. Roles and their passwords belong to the database
# server, not to the backup: on a new one, create them first (docs/deployment.md).
#
# Every tenant gets a new sync epoch. A device that had seen what is not in the backup notices it, fetches everything anew, and offers
# its own last mutations again, so that what operators wrote after the backup comes back from their devices, once.
set -eu

file=${1:?"usage: restore.sh FILE"}
: "${DATABASE_ADMIN_URL:?"must name a superuser of the database server"}"
name=${DATABASE_NAME:-switchboard}
PATH=${PG_BIN:+$PG_BIN:}$PATH
target=${DATABASE_ADMIN_URL%/*}/$name

ask() { psql --dbname="$1" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --command="$2"; }

case $name in *[!a-z0-9_]*) echo "DATABASE_NAME may hold a-z, 0-9 and _ only." >&2; exit 2 ;; esac
pg_restore --list "$file" >/dev/null
if [ "$(ask "$DATABASE_ADMIN_URL" "select count(*) from pg_database where datname = '$name'")" != 0 ]; then
  echo "There is a database $name already. Rename it, or set DATABASE_NAME." >&2
  exit 1
fi
if [ "$(ask "$DATABASE_ADMIN_URL" "select count(*) from pg_roles where rolname in ('switchboard_owner', 'switchboard_app', 'switchboard_system')")" != 3 ]; then
  echo "The roles switchboard_owner, switchboard_app and switchboard_system must be there first." >&2
  exit 1
fi

# Under another name until it is whole.
making=${name}_restoring
ask "$DATABASE_ADMIN_URL" "drop database if exists $making"
ask "$DATABASE_ADMIN_URL" "create database $making owner switchboard_owner template template0 encoding 'UTF8' locale 'C.UTF-8'"
pg_restore --dbname="${DATABASE_ADMIN_URL%/*}/$making" --exit-on-error --single-transaction "$file"
# Seconds since 1970: also the second restore of one backup is another epoch than the first.
ask "${DATABASE_ADMIN_URL%/*}/$making" \
  "update tenant_clock set epoch = greatest(epoch + 1, extract(epoch from clock_timestamp())::int); analyze"
ask "$DATABASE_ADMIN_URL" "alter database $making rename to $name"
echo "$target is restored from $file." | sed 's#//[^@]*@#//#'
