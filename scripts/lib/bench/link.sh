# sverka link as a whole process on generated registers.
built sverka
step "link: the sandbox's own exports"
"$program" sandbox --export "$work/export" --size 20000 --seed 3 >/dev/null
timed "link" "$program" link --left "$work/export/onec.csv" --right "$work/export/bitrix24.csv" \
    --entity counterparty --out "$work/links.csv"
score "$work/export/truth.csv" "$work/links.csv"
if [ -d "$shared/tools" ]; then
    # PAIRS="1000000 11" measures another size and seed.
    for pair in "${PAIRS:-20000 3}" "100000 7"; do
        read -r count seed <<<"$pair"
        step "link: gen_counterparties.py --n $count --seed $seed"
        python3 "$shared/tools/gen_counterparties.py" --n "$count" --seed "$seed" --out "$work/gen" >/dev/null
        timed "link" "$program" link --left "$work/gen/onec.csv" --right "$work/gen/bitrix24.csv" \
            --entity counterparty --out "$work/links.csv"
        python3 "$shared/tools/score_links.py" links "$work/gen/truth.csv" "$work/links.csv"
    done
else
    say "skipped: ../shared is not here"
fi
