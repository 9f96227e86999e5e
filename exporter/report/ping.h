// Tells a monitoring service that a night began, is done, or failed, in the manner of healthchecks.io: silence is an alarm there.
//
// Source:  https://healthchecks.io/docs/http_api/: URL/start, URL, URL/fail; the body is a short text. libcurl does the talking.
// Errors:  io, not more: who can't be told is no reason to stop a night.
#pragma once

#include <string>

#include "app/error.h"

namespace exporter {

enum class Ping { start, success, fail };

// `text` must say nothing of any patient.
app::Result<app::Done> ping(const std::string& url, Ping what, const std::string& text);

}  // namespace exporter
