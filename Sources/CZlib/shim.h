#include <zlib.h>

// A macro in zlib.h, which Swift does not see. Negative window bits: no zlib header, as in zip.
static inline int sverka_zip_inflate_begin(z_stream *stream) {
    return inflateInit2(stream, -MAX_WBITS);
}
