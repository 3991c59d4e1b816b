# A workbook of ten columns of mixed types, against the same cells written by libxlsxwriter alone.
rows=${ROWS:-500000}
built workbook-benchmark
step "workbook: $rows rows of ten cells, against a C program on libxlsxwriter in constant memory"
need_packages "gcc:builds the yardstick" "libxlsxwriter-dev:the yardstick's library" \
    "unzip:counts the cells that were written"
gcc -O2 -o "$work/yardstick" "$root/Benchmarks/Workbook/yardstick.c" -lxlsxwriter
# In turn, so that a noisy machine is noisy for both; the ratio of processor seconds is what counts.
for round in 1 2 3; do
    TMPDIR="$work" timed "C $round" "$work/yardstick" "$rows" "$work/yardstick.xlsx"
    timed "Sverka $round" "$program" "$rows" "$work/sverka.xlsx"
done
for file in yardstick sverka; do
    say "  $file: $(unzip -p "$work/$file.xlsx" xl/worksheets/sheet1.xml | grep -o '<c ' | wc -l) cells"
done
