# Alerts: synthetic years with planted spikes, and fifty rules at once.
built alerts-benchmark
step "alerts: back-tests on ${SEEDS:-20} seeds, fifty rules over a year"
"$program" "$work/alerts" "${SEEDS:-20}"
