# Which language, with any environment.
. tests/cli/lib.sh

# $1: variables; $2: a word that must be in the help.
speaks() {
    # shellcheck disable=SC2086
    env -u LC_ALL -u LC_MESSAGES -u LANG -u LANGUAGE -u TERM $1 "$MONSHIN" --help >../out 2>../err
    rc=$? ran="$1 monshin --help"
    status 0; err_none; out_has "$2"
}

begin language__comes_from_the_environment
speaks 'LANG=ja_JP.UTF-8' 'コマンド'
speaks 'LANG=ja' 'コマンド'
speaks 'LC_MESSAGES=ja_JP.UTF-8' 'コマンド'
speaks 'LC_ALL=ja_JP' 'コマンド'
speaks 'LANG=en_US.UTF-8 LC_ALL=ja_JP.UTF-8' 'コマンド'
speaks 'LANGUAGE=ja' 'コマンド'
speaks 'LANGUAGE=ja:en LANG=en_US.UTF-8' 'コマンド'

begin language__is_english__when_the_environment_says_nothing
speaks 'A=b' 'Commands'
speaks 'LANG=C' 'Commands'
speaks 'LANG=C.UTF-8' 'Commands'
speaks 'LC_ALL=C LANG=ja_JP.UTF-8' 'Commands'
speaks 'LC_ALL=C LANGUAGE=ja' 'Commands'
speaks 'LANG=de_DE.UTF-8' 'Commands'
speaks 'LANG=ja_JP.UTF-8 LC_ALL=en_US.UTF-8' 'Commands'

begin language__is_english__on_the_console_that_has_no_kanji
speaks 'TERM=linux LANG=ja_JP.UTF-8' 'Commands'
env TERM=linux LANG=ja_JP.UTF-8 "$MONSHIN" --help --lang ja >../out
ran='--lang ja'; out_has 'コマンド'

begin japanese__is_whole__when_there_is_no_locale
for lang in C '' POSIX nonsense; do
    LANG=$lang run new a.xml.gz --site '大阪第二工場' --lang ja
    LANG=$lang run show a.xml.gz --lang ja; status 0; out_has '大阪第二工場'; out_has 'セキュリティ'
    LANG=$lang run checklist show meti-factory --format csv --lang ja; status 0; out_has '情報資産の検出ツール'
    rm -f a.xml.gz*
done

begin error__is_one_line_in_both_languages
run show none.xml.gz --lang ja; status 3; err_one_line; err_has 'monshin: none.xml.gz: ファイルがありません'
run show none.xml.gz --lang en; status 3; err_one_line; err_has 'monshin: none.xml.gz: there is no such file'

finish
