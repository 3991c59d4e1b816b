# The reading of a journal against psql \copy of the same rows.
built journal-benchmark
step "journal: ${LINES_OF_JOURNAL:-1000000} lines of JSON against psql \\copy"
"$program" "$work/journal" "${LINES_OF_JOURNAL:-1000000}"
