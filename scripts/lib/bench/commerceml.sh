# 1C's XML against a reader that drops everything.
size=${MEGABYTES:-500}
need_packages "libxml2-utils:the yardstick for reading XML"
built xml-benchmark
step "commerceml: $size MB of made-up products against xmllint --stream --noout"
mkdir "$work/commerceml"
"$program" write "$work/commerceml/import0_1.xml" "$size"
# Both once to warm the disk's cache, then in turn.
for turn in warm-up 1 2 3; do
    timed "xmllint --stream, $turn" xmllint --stream --noout "$work/commerceml/import0_1.xml"
    timed "Sverka, $turn" "$program" read "$work/commerceml" "$root/templates"
    sed -n 1p "$work/out"
done
rm -r "$work/commerceml"
