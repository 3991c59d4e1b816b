#include <stdio.h>
#include <xlsxwriter.h>
#include <zlib.h>

// libxlsxwriter writes rows to a temporary file and does not look whether that succeeded. On a full
// disk it would hand over a workbook with rows missing, so we look ourselves before closing.
static inline int sverka_rows_failed(lxw_worksheet *worksheet) {
    FILE *rows = worksheet->optimize_tmpfile;
    return rows != NULL && (fflush(rows) != 0 || ferror(rows) != 0);
}

// A macro in zlib.h, which Swift does not see. Negative window bits: no zlib header, as in zip.
static inline int sverka_inflate_begin(z_stream *stream) {
    return inflateInit2(stream, -MAX_WBITS);
}
