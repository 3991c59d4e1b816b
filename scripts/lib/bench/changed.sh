# A night on which 1 % of the records changed, against the night that matches all of them.
built changed-benchmark
changed_program=$program
built sverka
entity="$root/templates/entities/counterparty.yaml"
if [ -d "$shared/tools" ]; then
    # PAIRS="1000000 11" measures another size and seed; CHECK=yes compares with all matched by the same model.
    read -r count seed <<<"${PAIRS:-100000 7}"
    step "changed: 1 % of gen_counterparties.py --n $count --seed $seed, ORIGIN_ID not used"
    python3 "$shared/tools/gen_counterparties.py" --n "$count" --seed "$seed" --out "$work/gen" >/dev/null
    sed -i '1s/ORIGIN_ID/not_used/' "$work/gen/bitrix24.csv"
    left="$work/gen/onec.csv" right="$work/gen/bitrix24.csv"
else
    step "changed: 1 % of the sandbox's own exports"
    "$program" sandbox --export "$work/export" --size 20000 --seed 3 >/dev/null
    left="$work/export/onec.csv" right="$work/export/bitrix24.csv"
fi
"$changed_program" "$entity" "$left" "$right" 1

step "changed: the whole process, from file to file"
"$changed_program" edit "$left" "$work/left-1.csv" 1 1
"$changed_program" edit "$right" "$work/right-1.csv" 1 2
linked() {
    timed "$1" "$program" link --left "$2" --right "$3" --entity counterparty \
        --out "$work/links.csv" "${@:4}"
}
linked "all records, no memory" "$left" "$right"
linked "all records, memory kept" "$left" "$right" --memory "$work/memory"
for _ in 1 2 3; do
    linked "1 % changed" "$work/left-1.csv" "$work/right-1.csv" --memory "$work/memory"
done
linked "nothing changed" "$left" "$right" --memory "$work/memory"
