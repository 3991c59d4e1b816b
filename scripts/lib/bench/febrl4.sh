# A public set of persons, with an entity file.
built sverka
step "febrl4"
set="$shared/data/linkage/febrl4"
if [ -d "$set" ]; then
    python3 - "$set/left.csv" "$work/truth.csv" <<'P'
import csv, sys
ids = [row[0].strip() for row in csv.reader(open(sys.argv[1]))][1:]
with open(sys.argv[2], "w") as out:
    out.write("left_id,right_id\n")
    for name in ids:
        out.write(f"{name},{name.replace('-org', '-dup-0')}\n")
P
    timed "link" "$program" link --left "$set/left.csv" --right "$set/right.csv" \
        --entity "$root/Benchmarks/febrl4.yaml" --out "$work/links.csv"
    score "$work/truth.csv" "$work/links.csv"
else
    say "skipped: ../shared is not here"
fi
