// The words that reports are made of, and the parts that have a file of their own.
//
// Errors:  none.
#pragma once

#include <cstdint>
#include <string>

#include "app/record/json.h"
#include "exporter/binder/binder_report.h"
#include "exporter/copy/document_night.h"
#include "exporter/copy/rotation.h"
#include "exporter/policy/apply_policy.h"

namespace exporter {

std::string grouped(std::uint64_t number);  // "118,204"
std::string counted(std::uint64_t number, const std::string& one, const std::string& many);
std::string size_of(std::uint64_t bytes);
// One line of a report: what it is about, and what is said.
std::string line(const std::string& word, const std::string& text);

void append_documents(const DocumentReport& documents, std::string& text);
void append_documents(const DocumentReport& documents, app::JsonWriter& json);
void append_binder(const BinderReport& binder, int days, std::string& text);
void append_binder(const BinderReport& binder, app::JsonWriter& json);

// Nothing when nothing was removed and nothing went wrong.
void append_rotation(const Rotation& rotation, std::string& text);
// As the member "rotation".
void append_rotation(const Rotation& rotation, app::JsonWriter& json);

// How much the policy kept out, and nothing of whom or why.
void append_policy(const PolicyReport& policy, std::string& text);
void append_policy(const PolicyReport& policy, app::JsonWriter& json);

}  // namespace exporter
