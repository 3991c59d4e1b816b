# Tables of eight kinds that are not counterparties, without an entity file. SEED=2 makes others.
built sverka
step "tables: Benchmarks/Tables/make.py all, seed ${SEED:-1}, no entity file"
python3 "$root/Benchmarks/Tables/make.py" all "$work/tables" "${SEED:-1}"
for folder in "$work"/tables/*; do
    kind=$(basename "$folder")
    /usr/bin/time -f %e -o "$work/time" "$program" link --left "$folder/left.csv" \
        --right "$folder/right.csv" --out "$work/links.csv" >"$work/out" 2>"$work/log" \
        || { tail -5 "$work/log"; fail "$kind failed"; }
    say "$kind: $(score "$folder/truth.csv" "$work/links.csv"), $(cat "$work/time") s"
done
