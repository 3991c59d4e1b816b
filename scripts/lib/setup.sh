# What the scripts need on a bare Debian machine, and how they say so. Sourced, not run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export SVERKA_ROOT="$root"

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Packages that the program builds and runs on, each with the reason a person is told.
build_packages=(
    "libpq-dev:the PostgreSQL client library"
    "libxlsxwriter-dev:writes the XLSX reports"
    "libcurl4-openssl-dev:sends mail by SMTP"
    "zlib1g-dev:reads zip archives, also to check the reports that were written"
    "libxml2-dev:reads 1C's XML exchange files"
    "postgresql:the private database cluster"
    "pkg-config:finds the libraries above"
)

# Packages that only the tests use, to judge the output with programs that are not ours.
test_packages=(
    "libreoffice-calc-nogui:opens the XLSX reports as a person would"
    "poppler-utils:turns the pages that LibreOffice prints into pictures"
    "python3-venv:runs servers of mail and files and an XLSX reader that are not ours"
    "openssl:makes the certificates of the test mail server"
)

is_installed() {
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

# Installs the packages that are missing, after saying which and why.
need_packages() {
    local missing=() entry name
    command -v dpkg-query >/dev/null || fail "this script installs Debian packages; on another system install: ${*%%:*}"
    for entry in "$@"; do
        name=${entry%%:*}
        is_installed "$name" && continue
        case $name in libreoffice-calc-nogui) is_installed libreoffice-calc && continue ;; esac
        missing+=("$entry")
    done
    if [ ${#missing[@]} -eq 0 ]; then return 0; fi
    step "Installing Debian packages"
    for entry in "${missing[@]}"; do printf '  %-24s %s\n' "${entry%%:*}" "${entry#*:}"; done
    local names=("${missing[@]%%:*}") as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo)
        elif command -v sudo >/dev/null && [ -t 0 ]; then as_root=(sudo)
        else fail "these packages are missing and installing them needs root. Run as root, or ask an administrator for:
  apt-get install --no-install-recommends ${names[*]}"
        fi
    fi
    local log; log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${names[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        fail "apt-get could not install: ${names[*]} (the whole log: $log)"
    fi
    rm -f "$log"
}

need_swift() {
    command -v swift >/dev/null || fail "no Swift toolchain found. Install Swift 6.3 or newer from https://www.swift.org/install/ and put its 'bin' on PATH."
    local version; version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -1)
    case $version in
        6.[3-9]|6.[1-9][0-9]|[7-9].*) ;;
        *) fail "Swift $version found, 6.3 or newer is needed (https://www.swift.org/install/)." ;;
    esac
}

# Builds the program optimised and sets $sverka. The linker and compiler print their own progress.
build_release() {
    step "Building Sverka (release; the first build takes 5 to 10 minutes)"
    (cd "$root" && swift build -c release --product sverka)
    sverka=$(cd "$root" && swift build -c release --product sverka --show-bin-path)/sverka
}
