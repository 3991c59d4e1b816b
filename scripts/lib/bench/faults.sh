# Every entity of both systems through seeded mixes of all faults, judged by the world that is played; a
# snapshot that is certified and not true, or in doubt for a reason that no fault explains, ends it with 1.
seeds=${SEEDS:-200}
built faults-benchmark
step "faults: every entity of both systems through $seeds seeded mixes of faults"
"$program" "$seeds" || fail "a snapshot was certified that is not true, or doubted without a reason, see above"
