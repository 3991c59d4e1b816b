# Every entity of both systems through seeded mixes of faults; a snapshot that is certified and not
# true ends it with 1.
seeds=${SEEDS:-200}
built faults-benchmark
step "faults: every entity of both systems through $seeds seeded mixes of faults"
"$program" "$seeds" || fail "a snapshot was certified that is not true, see above"
