#!/bin/sh
# The test of rpmlint-ts.fmf. Anything that is not a finished report leaves no results.json, which tmt takes for an error.
set -u
: "${TMT_TEST_DATA:?is set by tmt}" "${RPMLINT_TS_PATHS:?says what to check}"
rm -f "$TMT_TEST_DATA/results.json"
# shellcheck disable=SC2086 # several paths, divided by blanks
exec rpmlint-ts check --format text --format "tmt=$TMT_TEST_DATA/results.json" $RPMLINT_TS_PATHS
