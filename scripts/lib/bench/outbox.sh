# 10 000 mails through a server that tells a fifth of all tries to come again; the sender is killed ten
# times. Ends with 1 when one was lost, or repeated otherwise than under its own id by a kill.
built outbox-benchmark
need_packages "python3-venv:runs the mail server"
python="$root/.build/test-python/bin/python"
if ! "$python" -c 'import aiosmtpd' 2>/dev/null; then
    python3 -m venv "$root/.build/test-python"
    "$root/.build/test-python/bin/pip" install --quiet \
        "$(grep '^aiosmtpd' "$root/scripts/lib/test-requirements.txt")"
fi
step "outbox: ${MAILS:-10000} mails, a fifth of all tries refused for now, sender killed ${KILLS:-10} times"
SVERKA_TEST_PYTHON="$python" "$program" "$work/outbox" "${MAILS:-10000}" "${KILLS:-10}" "${SEED:-1}" \
    || fail "a mail was lost or repeated, see above"
