# Reports over 400 nights of 5 000 new findings each and 5 000 000 operations of the integration.
built monthly-benchmark
step "monthly: reports over a long history"
"$program" "$work/monthly" ${NIGHTS:-400} ${FINDINGS:-5000} ${RECORDS:-20000} ${OPERATIONS:-5000000}
