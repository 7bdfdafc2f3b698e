#!/bin/sh
# Writes everything Switchboard knows into one file. The servers may go on meanwhile: the file is one moment of the database.
#
#   DATABASE_ADMIN_URL=postgres://postgres:…@host/postgres deploy/backup.sh switchboard.backup
#
# DATABASE_ADMIN_URL  a superuser (row security must not hide rows from a backup)
# DATABASE_NAME       default: switchboard
# PG_BIN              folder with pg_dump of the server's version or newer; default: from PATH
#
# Not in the file: TOKEN_SECRET and ENCRYPTION_KEY. Without ENCRYPTION_KEY the sealed secrets in it cannot be opened: keep it elsewhere.
set -eu

file=${1:?"usage: backup.sh FILE"}
: "${DATABASE_ADMIN_URL:?"must name a superuser of the database server"}"
name=${DATABASE_NAME:-switchboard}
PATH=${PG_BIN:+$PG_BIN:}$PATH

umask 077
# Complete or not at all: what stands under the name is always a whole backup.
trap 'rm -f "$file.part"' EXIT
pg_dump --dbname="${DATABASE_ADMIN_URL%/*}/$name" --format=custom --file="$file.part"
pg_restore --list "$file.part" >/dev/null
mv "$file.part" "$file"
echo "$file: $(wc -c <"$file") bytes"
