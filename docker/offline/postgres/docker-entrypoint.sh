#!/usr/bin/env bash
# Starts Postgres, after making its data folder where there is none: https://github.com/docker-library/docs/tree/master/postgres
set -euo pipefail

main() {
  [[ ${1:-} != -* ]] || set -- postgres "$@"
  if [ "$1" = postgres ] && ! asks_only "$@"; then
    own_folders
    [ "$(id -u)" != 0 ] || exec gosu postgres "$0" "$@"
    if [ -s "$PGDATA/PG_VERSION" ]; then
      echo "PostgreSQL Database directory appears to contain a database; Skipping initialization"
    else
      initialize "${@:2}"
    fi
  fi
  exec "$@"
}

asks_only() {
  local argument
  for argument; do
    case $argument in -'?' | --help | --describe-config | -V | --version) return 0 ;; esac
  done
  return 1
}

own_folders() {
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA" || true
  [ "$(id -u)" = 0 ] || return 0
  find "$PGDATA" /var/run/postgresql ! -user postgres -exec chown postgres {} +
}

# The first server listens on its socket only: who connects over TCP meets a database that is complete.
initialize() {
  settings
  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "$POSTGRES_PASSWORD") '"$POSTGRES_INITDB_ARGS"
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-$(postgres -C password_encryption "$@")}" >>"$PGDATA/pg_hba.conf"
  export PGPASSWORD=$POSTGRES_PASSWORD
  pg_ctl -w -o "$(printf '%q ' "$@" -c listen_addresses= -p "${PGPORT:-5432}")" start
  [ "$POSTGRES_DB" = postgres ] || sql --dbname postgres --set name="$POSTGRES_DB" <<<'CREATE DATABASE :"name";'
  run_files
  pg_ctl -w -m fast stop
  unset PGPASSWORD
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

settings() {
  from_file POSTGRES_PASSWORD
  from_file POSTGRES_USER postgres
  from_file POSTGRES_DB "$POSTGRES_USER"
  from_file POSTGRES_INITDB_ARGS
  [ -n "$POSTGRES_PASSWORD" ] || [ "${POSTGRES_HOST_AUTH_METHOD:-}" = trust ] || fail \
    "Database is uninitialized and superuser password is not specified." \
    "You must specify POSTGRES_PASSWORD to a non-empty value for the superuser."
}

# from_file NAME [DEFAULT] : the variable's value, or the content of the file that NAME_FILE names.
from_file() {
  local file=$1_FILE value
  [ -z "${!1:-}" ] || [ -z "${!file:-}" ] || fail "both $1 and $file are set (but are exclusive)"
  if [ -n "${!file:-}" ]; then value=$(<"${!file}"); else value=${!1:-${2:-}}; fi
  declare -gx "$1=$value"
  unset "$file"
}

fail() {
  printf 'Error: %s\n' "$@" >&2
  exit 1
}

run_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh)      if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql)     sql -f "$file" ;;
      *.sql.gz)  gunzip -c "$file" | sql ;;
      *.sql.xz)  xzcat "$file" | sql ;;
      *.sql.zst) zstdcat "$file" | sql ;;
      *)         echo "$0: ignoring $file" ;;
    esac
  done
}

sql() { PGHOST='' PGHOSTADDR='' psql --set ON_ERROR_STOP=1 --no-password --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"; }

main "$@"
