#include <string.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

// What Swift is told of a document; the names are interned in the parser, so equal names are equal
// pointers as long as the parser lives.
typedef struct {
    void (*start)(void *context, const unsigned char *name, int attribute_count,
                  const unsigned char **attributes);
    void (*end)(void *context);
    void (*text)(void *context, const unsigned char *bytes, int count);
    void (*doctype)(void *context);
    // Only what is fatal: the document is not well-formed or exceeds a limit.
    void (*failure)(void *context, int code, int line);
} sverka_xml_handler;

typedef struct {
    sverka_xml_handler handler;
    void *context;
    xmlParserCtxtPtr parser;
} sverka_xml;

static inline void sverka_xml_on_start(
    void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted_count,
    const xmlChar **attributes) {
    sverka_xml *xml = self;
    xml->handler.start(xml->context, name, attribute_count, attributes);
}

static inline void sverka_xml_on_end(
    void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    sverka_xml *xml = self;
    xml->handler.end(xml->context);
}

static inline void sverka_xml_on_text(void *self, const xmlChar *bytes, int count) {
    sverka_xml *xml = self;
    xml->handler.text(xml->context, bytes, count);
}

static inline void sverka_xml_on_doctype(
    void *self, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id) {
    sverka_xml *xml = self;
    xml->handler.doctype(xml->context);
}

// The error's type became const in 2.12.
#if LIBXML_VERSION >= 21200
static inline void sverka_xml_on_error(void *self, const xmlError *error) {
#else
static inline void sverka_xml_on_error(void *self, xmlErrorPtr error) {
#endif
    sverka_xml *xml = self;
    // An undeclared prefix is an error of level 2 that parsing survives.
    if (error->level == XML_ERR_FATAL) {
        xml->handler.failure(xml->context, error->code, error->line);
    }
}

static inline sverka_xml *sverka_xml_create(sverka_xml_handler handler, void *context) {
    sverka_xml *xml = calloc(1, sizeof *xml);
    if (xml == NULL) { return NULL; }
    xml->handler = handler;
    xml->context = context;
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = sverka_xml_on_start;
    sax.endElementNs = sverka_xml_on_end;
    sax.characters = sverka_xml_on_text;
    // The same function, or the parser would guess which white space matters.
    sax.ignorableWhitespace = sverka_xml_on_text;
    sax.internalSubset = sverka_xml_on_doctype;
    sax.serror = sverka_xml_on_error;
    xml->parser = xmlCreatePushParserCtxt(&sax, xml, NULL, 0, NULL);
    if (xml->parser == NULL) { free(xml); return NULL; }
    // The text is fed as UTF-8, whatever its declaration says. Without XML_PARSE_HUGE the limits of
    // libxml2 on names, attributes, comments and depth hold. Without XML_PARSE_NOENT an attribute's
    // &amp; would come as &#38;; other entities there are none, since a document that could
    // declare them is refused.
    xmlCtxtUseOptions(
        xml->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
    return xml;
}

static inline int sverka_xml_feed(sverka_xml *xml, const char *bytes, int count, int is_last) {
    return xmlParseChunk(xml->parser, bytes, count, is_last);
}

static inline int sverka_xml_is_broken(const sverka_xml *xml) {
    return !xml->parser->wellFormed || xml->parser->disableSAX;
}

static inline void sverka_xml_stop(sverka_xml *xml) { xmlStopParser(xml->parser); }

static inline long sverka_xml_line(const sverka_xml *xml) {
    return xml->parser->input != NULL ? xml->parser->input->line : 0;
}

static inline long sverka_xml_byte(const sverka_xml *xml) { return xmlByteConsumed(xml->parser); }

static inline void sverka_xml_free(sverka_xml *xml) {
    xmlFreeParserCtxt(xml->parser);
    free(xml);
}
