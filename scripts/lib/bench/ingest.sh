# COPY through PostgresClient against psql \copy.
built ingest-benchmark
step "ingest: COPY through PostgresClient against psql \\copy"
"$program" "$work/ingest"
