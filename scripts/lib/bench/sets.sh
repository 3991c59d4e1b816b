# Public sets, each with its entity file and without any.
built sverka
sets="$shared/data/linkage"
if [ -d "$sets" ]; then
    for set in dblp-acm abt-buy; do
        for entity in "--entity=$root/Benchmarks/$set.yaml" --threshold=0.5; do
            step "$set $entity"
            timed "link" "$program" link --left "$sets/$set/left.csv" --right "$sets/$set/right.csv" \
                "$entity" --out "$work/links.csv"
            python3 "$shared/tools/score_links.py" links "$sets/$set/truth.csv" "$work/links.csv"
        done
    done
    # The column of the truth is taken out first: without an entity file it would be evidence.
    python3 - "$sets/organisations/organisations.csv" "$work" <<'P'
import csv, sys
rows = list(csv.reader(open(sys.argv[1])))
truth, key = rows[0].index("True Id"), rows[0].index("Id")
with open(sys.argv[2] + "/organisations.csv", "w") as out:
    csv.writer(out).writerows([c for k, c in enumerate(row) if k != truth] for row in rows)
with open(sys.argv[2] + "/clusters-truth.csv", "w") as out:
    csv.writer(out).writerows([["id", "cluster"]] + [[row[key], row[truth]] for row in rows[1:]])
P
    for entity in "--entity=$root/Benchmarks/organisations.yaml" --id=Id; do
        step "organisations $entity"
        timed "dedupe" "$program" dedupe --in "$work/organisations.csv" "$entity" \
            --out "$work/clusters.csv"
        python3 "$shared/tools/score_links.py" clusters "$work/clusters-truth.csv" "$work/clusters.csv"
    done
else
    say "skipped: ../shared is not here"
fi
