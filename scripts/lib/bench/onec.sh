# The 1C collector by itself: every entity of an infobase with a large $metadata.
size=${SIZE:-100000}
built onec-benchmark
step "onec: $size counterparties and their trade, \$metadata of 15 MB, infobase in another process"
start_server http "$program" serve "$size" 15000000
IFS=$'\t' read -r address user password <"$work/server"
"$program" read "$address" "$user" "$password" "$root/templates" onec-ut11 \
    ${ENTITIES:-counterparty contact product price stock order payment operation user}
say "  infobase: $(server_seconds) s processor, making its world included"
stop_server
