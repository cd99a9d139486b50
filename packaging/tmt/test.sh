#!/bin/sh
# The test of rpmlint-ts.fmf. Without a complete report there is no results.json, which tmt treats as an error.
set -u
: "${TMT_TEST_DATA:?is set by tmt}" "${RPMLINT_TS_PATHS:?says what to check}"
rm -f "$TMT_TEST_DATA/results.json"
# shellcheck disable=SC2086 # several paths, separated by spaces
exec rpmlint-ts check --format text --format "tmt=$TMT_TEST_DATA/results.json" $RPMLINT_TS_PATHS
