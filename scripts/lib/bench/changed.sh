# A night on which 1 % of the records changed, against the night that matches all of them.
built changed-benchmark
entity="$root/templates/entities/counterparty.yaml"
if [ -d "$shared/tools" ]; then
    # PAIRS="1000000 11" measures another size and seed; CHECK=yes compares with all matched by the same model.
    read -r count seed <<<"${PAIRS:-100000 7}"
    step "changed: 1 % of gen_counterparties.py --n $count --seed $seed, ORIGIN_ID not used"
    python3 "$shared/tools/gen_counterparties.py" --n "$count" --seed "$seed" --out "$work/gen" >/dev/null
    sed -i '1s/ORIGIN_ID/not_used/' "$work/gen/bitrix24.csv"
    "$program" "$entity" "$work/gen/onec.csv" "$work/gen/bitrix24.csv" 1
else
    sverka_program=$program
    built sverka
    step "changed: 1 % of the sandbox's own exports"
    "$program" sandbox --export "$work/export" --size 20000 --seed 3 >/dev/null
    "$sverka_program" "$entity" "$work/export/onec.csv" "$work/export/bitrix24.csv" 1
fi
