#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call; each kind of value
// gets a function of its own.

typedef size_t (*sverka_transfer)(char *bytes, size_t size, size_t count, void *context);
typedef int (*sverka_progress)(
    void *context, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up);

static inline CURLcode sverka_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode sverka_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode sverka_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode sverka_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode sverka_set_list(
    CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode sverka_set_transfer(
    CURL *handle, CURLoption option, sverka_transfer function) {
    return curl_easy_setopt(handle, option, function);
}

static inline CURLcode sverka_set_progress(CURL *handle, sverka_progress function) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

static inline CURLcode sverka_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode sverka_get_size(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

// Whether the library was built with a protocol, such as "sftp".
static inline int sverka_has_protocol(const char *name) {
    const char *const *protocol = curl_version_info(CURLVERSION_NOW)->protocols;
    for (; *protocol != NULL; protocol++) {
        if (curl_strequal(*protocol, name)) { return 1; }
    }
    return 0;
}
