#include "exporter/report/ping.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace exporter {
namespace {

using app::Code;
using app::Done;
using app::Error;
using app::Result;

constexpr long kMost_s = 10;

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

Result<Done> ping(const std::string& url, Ping what, const std::string& text) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(ready ? curl_easy_init() : nullptr, curl_easy_cleanup);
  if (!curl) return Error{Code::io, "The monitoring could not be told.", "curl_easy_init"};
  const std::size_t query = std::min(url.find_first_of("?#"), url.size());
  const std::string whole = url.substr(0, query) + (what == Ping::start ? "/start" : what == Ping::fail ? "/fail" : "") + url.substr(query);
  curl_easy_setopt(curl.get(), CURLOPT_URL, whole.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kMost_s);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "nightchart");
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(text.size()));
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, text.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, drop);
  const CURLcode done = curl_easy_perform(curl.get());
  long answer = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
  if (done == CURLE_OK && answer >= 300) {
    return Error{Code::io, "The monitoring could not be told ([report] ping).", "it answers " + std::to_string(answer) + ": it is elsewhere"};
  }
  if (done == CURLE_OK) return Done{};
  // Not the URL: whoever knows it can speak for this night.
  return Error{Code::io, "The monitoring could not be told ([report] ping).", curl_easy_strerror(done)};
}

}  // namespace exporter
