#!/bin/sh
# Runs once, when the database is made: the role the programs sign in with. It owns nothing; migrate grants it what it
# needs. It may create databases, so that a restore can be tried out beside the real one.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$RUNTIME_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE service_runtime LOGIN CREATEDB PASSWORD :'password';
SQL
