# The roll-up in a real PostgreSQL, by the recipe of tests/data/rollup.sql. Without one on this machine: said, and passed over.
. tests/cli/lib.sh

find_postgres() {
    for dir in $(printf %s "$PATH" | tr : ' ') /usr/lib/postgresql/*/bin; do
        [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && PG=$(dirname "$(readlink -f "$dir/initdb")") && return 0
    done
    return 1
}

# PostgreSQL refuses to run as root: then it runs as somebody else, in a folder of theirs.
as_user() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid="$PG_USER" --regid="$PG_USER" --clear-groups "$@"; else "$@"; fi
}

if ! find_postgres || ! command -v psql >/dev/null 2>&1; then
    echo 'tests/cli/postgres.sh: no PostgreSQL (initdb, pg_ctl, psql) on this machine: not tested' >&2
    echo 'ok postgres__is_not_tested__where_there_is_none'
    exit 0
fi
PG_USER=nobody
getent passwd postgres >/dev/null 2>&1 && PG_USER=postgres
PGDIR=$(mktemp -d /tmp/monshin-pg-XXXXXX) || exit 2
stop() { as_user "$PG/pg_ctl" -D "$PGDIR/data" -m immediate stop >/dev/null 2>&1; rm -rf "$PGDIR"; }
trap stop EXIT
trap 'exit 130' INT TERM
[ "$(id -u)" -ne 0 ] || chown "$PG_USER" "$PGDIR"
(cd "$PGDIR" && as_user "$PG/initdb" -D "$PGDIR/data" -A trust -U monshin -E UTF8 --no-locale -N >"$PGDIR/initdb.log" 2>&1 &&
    as_user "$PG/pg_ctl" -D "$PGDIR/data" -w -t 60 -l "$PGDIR/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$PGDIR' -c fsync=off" start >"$PGDIR/start.log" 2>&1) ||
    { cat "$PGDIR"/*log >&2; echo 'not ok postgres__starts'; exit 1; }
export PGHOST="$PGDIR" PGUSER=monshin PGDATABASE=postgres PGCLIENTENCODING=UTF8 PGOPTIONS='-c client_min_messages=warning'
sql() { psql -X -q -v ON_ERROR_STOP=1 -A -t -F '|' "$@" >../out 2>../err || bad "psql $*: $(cat ../err)"; }

# One roll-up by the recipe.
load() {
    run rollup "$1" --rows sites --format csv; status 0; cp ../out ../sites.csv
    run rollup "$1" --rows answers --format csv; status 0; cp ../out ../answers.csv
    psql -X -q -c 'COPY sites_in FROM STDIN (FORMAT csv, HEADER)' <../sites.csv || bad 'COPY sites'
    psql -X -q -c 'COPY answers_in FROM STDIN (FORMAT csv, HEADER)' <../answers.csv || bad 'COPY answers'
    sql -c 'SELECT * FROM take_rollup()'
    rm -f ../sites.csv ../answers.csv
}

begin postgres__takes_the_roll_up__and_answers_the_questions
sql -f "$ROOT/tests/data/rollup.sql"
"$MONSHIN" checklist show meti-factory --format csv | psql -X -q -c 'COPY items_in FROM STDIN (FORMAT csv, HEADER)' || bad 'COPY items'
mkdir plants
run new plants/a.xml.gz --site-id jp-1 --site '大阪, "第二"工場' --company '例示精機' --country JP
run new plants/b.xml.gz --site-id th-1 --site Rayong --country TH
run new plants/c.xml.gz --site-id us-1 --site Columbus --country US
# shellcheck disable=SC2046
run set plants/a.xml.gz $(all_at 3)
# shellcheck disable=SC2046
run set plants/b.xml.gz $(all_at 1)
run set plants/b.xml.gz 2-6=unknown 2-7=na:none 1-1=2
load plants
out_is '3|96'
sql -c 'SELECT count(*), count(*) FILTER (WHERE key), sum(weight) > 32 FROM items'; out_is '32|9|t'
sql -c "SELECT site, grade, score FROM latest WHERE site_id = 'jp-1'"; out_is '大阪, "第二"工場|B|60.0'
sql -c 'SELECT country, grade, sites FROM grades ORDER BY country'; out_is "JP|B|1${LF}TH|D|1${LF}US||1"
sql -c "SELECT level_1, level_2, level_3, unknown, na, unanswered, mean_level FROM distribution WHERE item IN ('1-1', '2-6', '2-7') ORDER BY item"
out_is "0|1|1|0|0|1|2.50${LF}0|0|1|1|0|1|3.00${LF}0|0|1|0|1|1|3.00"
sql -c 'SELECT site_id, "1-1", "2-6", "4-6" FROM matrix_meti ORDER BY site_id'; out_is "jp-1|3|3|3${LF}th-1|2||1${LF}us-1|||"
sql -c "SELECT level->'1-1', level->'2-6' FROM matrix WHERE site_id = 'th-1'"; out_is '2|null'

begin postgres__keeps_the_years_apart__and_takes_a_correction
mkdir plants
run new plants/a.xml.gz --site-id jp-1 --site Osaka
# shellcheck disable=SC2046
run set plants/a.xml.gz $(all_at 3)
gunzip -c plants/a.xml.gz | sed 's/<round id="1"/<round id="2"/; s/level="3"/level="4"/g' >plants/b.xml; rm plants/a.xml.gz
load plants; out_is '1|32'
sql -c "SELECT round, score, score_change, grade_before, grade FROM trend WHERE site_id = 'jp-1' ORDER BY round"
out_is "1|60.0|||B${LF}2|80.0|20.0|B|A"
sql -c "SELECT round, grade FROM latest WHERE site_id = 'jp-1'"; out_is '2|A'
sed -i 's/level="4"/level="5"/g' plants/b.xml
load plants
sql -c "SELECT count(*), min(score), max(score) FROM sites WHERE site_id = 'jp-1'"; out_is '2|60.0|100.0'

finish
