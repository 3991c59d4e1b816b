# What the cases of scripts/bench share. Sourced, not run.
shared="$root/../shared"
work=$(mktemp -d /tmp/sverka-bench.XXXXXX)
chmod 755 "$work"
server_pid=
clean_up() { stop_server; rm -rf "$work"; }
trap clean_up EXIT

# Builds a program in release and sets $program.
built() {
    step "Building $1 (release)"
    (cd "$root" && swift build -c release --product "$1")
    program=$(cd "$root" && swift build -c release --product "$1" --show-bin-path)/$1
}

# Runs a command and prints its wall seconds, processor seconds and peak memory.
timed() {
    local label=$1; shift
    /usr/bin/time -f "$label: %e s wall, %U s user, %S s system, %M KB resident" -o "$work/time" \
        "$@" >"$work/out" 2>"$work/log" || { tail -5 "$work/log"; fail "$label failed"; }
    cat "$work/time"
}

# Starts a server and waits until it has written a line that fits; its output is in $work/server.
start_server() {
    local line=$1; shift
    "$@" >"$work/server" 2>&1 &
    server_pid=$!
    until grep -q "$line" "$work/server"; do
        kill -0 "$server_pid" || { tail -5 "$work/server"; fail "$1 did not start"; }
        sleep 0.2
    done
}

# The processor seconds that the server has used.
server_seconds() {
    awk -v ticks="$(getconf CLK_TCK)" '{ printf "%.1f\n", ($14 + $15) / ticks }' "/proc/$server_pid/stat"
}

stop_server() {
    [ -n "$server_pid" ] || return 0
    kill "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=
}

# Counts and ratios of links against the pairs that are true.
score() { python3 "$root/scripts/lib/score" "$1" "$2"; }
