// Which of a patient's scans are printed behind their sheet.
//
// A sheet with scans behind it is called by the sheet's id and by the scans', "7KD2-M4QX+K3P9": other scans, another leaf
// in the binder's lists.
// Errors:  none.
#pragma once

#include <string>
#include <vector>

#include "app/record/chart.h"
#include "exporter/binder/binder_settings.h"

namespace exporter {

// Newest first. Documents whose pages are not in the copy are not among them: the sheet says of them what there is to say.
std::vector<app::Document> choose_scans(const app::Chart& chart, const BinderSettings& settings, bool booked, bool wanted);

// What follows the sheet's id; empty without scans.
std::string scans_id(const std::vector<app::Document>& scans);

// "Cardiology: letter, 03-Mar-2026".
std::string title_of_scan(const app::Document& scan);

}  // namespace exporter
