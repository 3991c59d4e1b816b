# The Bitrix24 collector by itself, without limits and below the usual ones; then fast_bitrix24 on a
# portal that is as fresh, alone as well. ENTITIES names what is read; without it everything that has
# related lists of its own is, and below the limits companies alone, which is what the goal speaks of.
size=${SIZE:-100000}
built bitrix24-benchmark

# Starts a portal; $1 is `free` for one without limits.
start_portal() {
    start_server http "$program" serve "$size" $1
    webhook=$(head -1 "$work/server")
    seconds_before=$(server_seconds)
}

# Requests and refusals that the portal counted, and what it worked for them.
portal_counters() {
    python3 - "$1" <<'P'
import json, sys, urllib.request
origin = sys.argv[1].split("/rest/")[0]
counters = json.load(urllib.request.urlopen(origin + "/__sandbox/counters"))
print("  requests", counters["requests"], " answers by status", counters["statuses"])
P
    awk -v after="$(server_seconds)" -v before="$seconds_before" 'BEGIN { printf "  portal: %.1f s processor\n", after - before }'
}

for limits in ${LIMITS:-free usual}; do
    usually=counterparty
    [ "$limits" = usual ] || usually="counterparty contact product price stock order invoice payment"
    entities=${ENTITIES:-$usually}
    step "bitrix24: a portal of $size companies, $entities with all that belongs to them, $limits limits, portal in another process"
    start_portal "${limits/usual/}"
    # shellcheck disable=SC2086  # one argument for each entity
    "$program" read "$webhook" "$root/templates" ${limits/usual/} $entities
    portal_counters "$webhook"
    stop_server
done

step "bitrix24: ${REQUESTS:-400} small requests at the usual limits, which nothing but the limiter holds back"
size=100 start_portal ""
"$program" pace "$webhook" "${REQUESTS:-400}"
portal_counters "$webhook"
stop_server

# The one that scripts/test installs, when no other is named.
python=${SVERKA_TEST_PYTHON:-$root/.build/test-python/bin/python}
[ -x "$python" ] || python=python3
if "$python" -c 'import fast_bitrix24' 2>/dev/null; then
    step "bitrix24: fast_bitrix24 on the same portal, usual limits"
    start_portal ""
    "$python" "$root/Benchmarks/Bitrix24/fast_bitrix24_read.py" "$webhook" || say "  fast_bitrix24 gave up"
    portal_counters "$webhook"
    stop_server
else
    say "skipped: fast_bitrix24 is not installed (pip install fast_bitrix24==1.8.14)"
fi
