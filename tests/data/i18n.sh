# The catalogues belong to the source: see i18n/check.
if i18n/check; then
    echo "ok i18n__catalogues_are_complete"
else
    echo "not ok i18n__catalogues_are_complete"
    exit 1
fi
