# sverka link as a whole process on generated registers.
built sverka

# Zones, the share of true pairs that each blocking rule finds, and the reliability of probabilities.
# A run of its own, so that the measuring is not timed.
measured() {
    local truth=$1; shift
    "$program" link "$@" --truth "$truth" --out "$work/links-measured.csv" 2>"$work/log" \
        || { tail -5 "$work/log"; fail "measuring failed"; }
    sed -n '/^links: precision/,$p' "$work/log"
}

step "link: the sandbox's own exports"
"$program" sandbox --export "$work/export" --size 20000 --seed 3 >/dev/null
timed "link" "$program" link --left "$work/export/onec.csv" --right "$work/export/bitrix24.csv" \
    --entity counterparty --out "$work/links.csv"
score "$work/export/truth.csv" "$work/links.csv"
measured "$work/export/truth.csv" --left "$work/export/onec.csv" \
    --right "$work/export/bitrix24.csv" --entity counterparty
if [ -d "$shared/tools" ]; then
    # PAIRS="1000000 11" measures another size and seed.
    for pair in "${PAIRS:-20000 3}" "100000 7"; do
        read -r count seed <<<"$pair"
        step "link: gen_counterparties.py --n $count --seed $seed"
        python3 "$shared/tools/gen_counterparties.py" --n "$count" --seed "$seed" --out "$work/gen" >/dev/null
        timed "link" "$program" link --left "$work/gen/onec.csv" --right "$work/gen/bitrix24.csv" \
            --entity counterparty --out "$work/links.csv"
        python3 "$shared/tools/score_links.py" links "$work/gen/truth.csv" "$work/links.csv"
        measured "$work/gen/truth.csv" --left "$work/gen/onec.csv" \
            --right "$work/gen/bitrix24.csv" --entity counterparty
        # The goals are for links without 1C's id, with the entity file and without any.
        sed -i '1s/ORIGIN_ID/not_used/' "$work/gen/bitrix24.csv"
        for entity in --entity=counterparty --threshold=0.5; do
            step "link: the same, ORIGIN_ID not used, $entity"
            timed "link" "$program" link --left "$work/gen/onec.csv" \
                --right "$work/gen/bitrix24.csv" "$entity" --out "$work/links.csv"
            python3 "$shared/tools/score_links.py" links "$work/gen/truth.csv" "$work/links.csv"
        done
    done
else
    say "skipped: ../shared is not here"
fi
