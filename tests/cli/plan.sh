# gaps and plan: the tables of the contract, the statuses, the summary.
. tests/cli/lib.sh
GAPS=rank,item,category,from,to,target,wave,ready,owner,effort_days,cost_jpy,run_jpy,line_stop,status,action,reason
PLAN=item,from,to,effort_days,cost_jpy,run_jpy,line_stop

# The letter after the plan, from the summary of the last run.
after() { sed -n 's/.*after it \([A-Z]\).*/\1/p' ../err; }

begin gaps__has_the_columns_of_the_contract
run new a.xml.gz --importance low
run gaps a.xml.gz --format csv; status 0; err_none
line_is 1 "$GAPS"
[ "$(sed -n 2p ../out | cut -d, -f1)" = 1 ] || bad 'the first rank is not 1'
tail -n +2 ../out | grep -qvE '^[0-9]+,[1-4]-[0-9]+,(people|process|technology|scm),[1-4],[2-5],[1-5],(now|next|later),(yes|no),' && bad "$(cat ../out)"
run gaps a.xml.gz --format xml; status 0; xml_good; out_has '<gaps>'; out_has '<wave>now</wave>'

begin gaps__goes_one_level_at_a_time__and_never_before_what_it_needs
run new a.xml.gz --importance medium
run gaps a.xml.gz --format csv
tail -n +2 ../out | awk -F, '{ if ($5 != $4 + 1) exit 1; if (($2 in at) && at[$2] != $4) exit 1; at[$2] = $5 }' || bad "$(cut -d, -f1-5 ../out)"

begin gaps__says_in_words_what_and_why__in_both_languages
run new a.xml.gz --site Osaka
run gaps a.xml.gz; status 0; err_none; out_has 'Osaka'; out_has '1>2'; out_has '* key item'
! awk 'length($0) > 80 { exit 1 }' ../out && bad 'a line is wider than 80 columns'
run gaps a.xml.gz --lang ja --format csv; status 0; out_has '重み'
run gaps a.xml.gz --lang ja; status 0; out_has '目安'

begin gaps__is_empty__when_every_item_is_at_its_target
run new a.xml.gz --importance low
# shellcheck disable=SC2046
run set a.xml.gz $(all_at 5)
run gaps a.xml.gz; status 0; out_has 'at its target'
run gaps a.xml.gz --format csv; status 0; out_is "$(printf '%s\r' "$GAPS")"

begin plan__has_the_columns_of_the_contract__and_its_summary_elsewhere
run new a.xml.gz
run plan a.xml.gz --target B --format csv; status 0
line_is 1 "$PLAN"; out_lacks 'proven'; err_has 'proven best'
[ "$(after)" = B ] || [ "$(after)" = A ] || bad "after: $(after)"
run plan a.xml.gz --target B --format xml; status 0; err_none; xml_good
out_has '<status>optimal</status>'; out_has '<target>B</target>'; out_has '<grade>B</grade>'; out_has '<row><item>'
run plan a.xml.gz --target B; status 0; err_has 'proven best'; out_has '1>2'
run plan a.xml.gz --target B --lang ja; status 0; err_has '最適'

begin plan__keeps_to_the_limits
run new a.xml.gz
run plan a.xml.gz --budget 300000 --days 20 --stops 0 --format csv; status 0
tail -n +2 ../out | tr -d '\r' | awk -F, '{ d += $4; y += $5; s += $7 } END { exit !(NR > 0 && d <= 20 && y <= 300000 && s == 0) }' || bad "$(cat ../out)"

begin plan__goes_to_the_next_grade__when_nothing_is_asked
run new a.xml.gz
run plan a.xml.gz; status 0; err_has 'grade C'
# shellcheck disable=SC2046
run set a.xml.gz $(all_at 2)
run plan a.xml.gz; status 0; err_has 'grade B'

begin plan__is_status_1_and_says_why__when_it_cannot_be
run new a.xml.gz
run plan a.xml.gz --target A --budget 1000; status 1; err_has 'yen more'; [ ! -s ../out ] || bad 'an answer in spite of it'
run plan a.xml.gz --target A --budget 1000 --format csv; status 1; out_is "$(printf '%s\r' "$PLAN")"
run plan a.xml.gz --target A --budget 1000 --format xml; status 1; xml_good; out_has '<status>over-limits</status>'; out_has '<missing_jpy>'
# shellcheck disable=SC2046
run set a.xml.gz $(all_at na:none)
run plan a.xml.gz --target C; status 1; err_has 'Cannot be reached'
run plan a.xml.gz --target C --format xml; status 1; xml_good; out_has '<status>unreachable</status>'

begin plan__is_wrong_use__when_a_number_or_a_grade_is_none
run new a.xml.gz
for wrong in '--budget -1' '--budget 1.5' '--budget x' '--days 1000000' '--stops two' '--target E' '--target BB' '--day-rate 0'; do
    # shellcheck disable=SC2086
    run plan a.xml.gz $wrong; status 2; err_one_line
done
run gaps a.xml.gz --budget 5; status 2; err_one_line
run plan nowhere.xml.gz; status 3; err_one_line

finish
