# Classification of the errors in the integration's journal.
built classifier-benchmark
step "classifier: a million errors by type and shape"
"$program"
