#pragma once
#include <curl/curl.h>

// Swift calls no function with a variable list of arguments: one for each type of value that an option takes.
static inline CURLcode basin_curl_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode basin_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode basin_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode basin_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode basin_curl_set_callback(CURL *easy, CURLoption option, curl_write_callback value) {
    return curl_easy_setopt(easy, option, value);
}

// Neither the address nor where it leads may be of another kind: no file://, no scp://. The options of older versions
// are deprecated in newer ones.
static inline CURLcode basin_curl_allow_web_alone(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    CURLcode status = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    return status ? status : curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
    CURLcode status = curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
    return status ? status : curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

// A name that is still being looked up holds nobody up who cancels.
static inline void basin_curl_leave_quickly(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

static inline CURLcode basin_curl_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
static inline CURLcode basin_curl_result(const CURLMsg *message) { return message->data.result; }
