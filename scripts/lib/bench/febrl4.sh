# A public set of persons, with its entity file and without any.
built sverka
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
    for entity in "--entity=$root/Benchmarks/febrl4.yaml" --threshold=0.5; do
        step "febrl4 $entity"
        timed "link" "$program" link --left "$set/left.csv" --right "$set/right.csv" \
            "$entity" --out "$work/links.csv"
        score "$work/truth.csv" "$work/links.csv"
    done
else
    say "skipped: ../shared is not here"
fi
