# The nightly audit of one size, twice: time, memory, and what a night without changes costs.
size=${SIZE:-100000}
built sverka
step "nightly: $size counterparties a side, sandbox without rate limit in another process"
start_server Ctrl-C "$program" sandbox --size "$size" --seed 1 --no-rate-limit \
    --write-config "$work/sverka.yaml"

# The size of the database as pg_database_size counts it; its server stands still between nights, and
# the databases that every cluster has are numbered below 16384.
database_bytes() {
    find "$work/data/cluster/data/base" -path '*/base/?????*/*' -type f -printf '%s\n' \
        | awk '{ sum += $1 } END { print sum }'
}

night() {
    local before; before=$(server_seconds)
    timed "$1" "$program" run nightly --config "$work/sverka.yaml" --entity counterparty
    awk -v after="$(server_seconds)" -v before="$before" 'BEGIN { printf "  sandbox: %.1f s processor\n", after - before }'
    sed -n 2p "$work/out"
}

night "first night"
first=$(database_bytes)
night "same night again"
second=$(database_bytes)
awk -v first="$first" -v second="$second" 'BEGIN {
    printf "database: %.1f MB, %.1f MB after the second night: %+.2f %%\n", first / 1e6, second / 1e6, (second / first - 1) * 100 }'
for run in 1 2; do
    "$program" runs show $run --config "$work/sverka.yaml" | sed -n '/STAGE/,/^$/p'
done
stop_server
