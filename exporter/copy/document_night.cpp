#include "exporter/copy/document_night.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/record/document_list.h"
#include "app/snapshot/volume_files.h"
#include "exporter/copy/document_memory.h"
#include "exporter/copy/durable_file.h"
#include "exporter/copy/volume_store.h"
#include "exporter/copy/volume_writer.h"

namespace exporter {
namespace {

namespace fs = std::filesystem;
using app::Code;
using app::Done;
using app::DocumentContent;
using app::Error;
using app::Presence;
using app::Result;

// Many little volumes, one for each night with something new, are made one now and then.
constexpr std::size_t kManyVolumes = 64;
constexpr std::size_t kFewVolumes = 16;
// What the EMR did not speak of for so long is forgotten.
constexpr std::uint64_t kNightsRemembered = 30;
constexpr char kNoRoom[] = "there was no room for it, or the disk failed";

DocumentContent not_kept(Presence state, std::string reason, std::uint64_t bytes = 0) {
  DocumentContent content;
  content.state = state;
  content.reason = std::move(reason);
  content.bytes = bytes;
  return content;
}

bool has_slots_for(const app::ManifestVolume& volume, const std::vector<Keyholder>& keyholders) {
  return std::ranges::all_of(keyholders, [&](const Keyholder& keyholder) {
    return std::ranges::any_of(volume.slots, [&](const app::VolumeSlot& slot) { return slot.public_key == keyholder.public_key; });
  });
}

}  // namespace

struct DocumentNight::State {
  DocumentOrder order;
  const std::vector<Keyholder>& keyholders;
  std::optional<DocumentMemory> memory;
  std::optional<VolumeWriter> writer;
  std::uint32_t writing = 0;  // the memory's number of the volume that `writer` writes
  std::set<std::uint32_t> needed;
  bool anew = false;
  DocumentReport report;

  fs::path volumes() const { return order.copies / app::kVolumesFolder; }

  void begin() {
    if (!order.only_earlier) remove_volume_leftovers(order.copies);
    auto opened = DocumentMemory::open(order.practice);
    if (!opened.ok()) {
      report.fault = opened.error();
      return;
    }
    memory = std::move(opened).value();
    report.forgot = memory->lost();
    anew = new_volumes_are_ordered(order.practice);
    for (RememberedVolume& volume : memory->volumes()) judge(volume);
    if (!order.only_earlier) retire_little_volumes();
  }

  // Whether what lies in it need not be read again.
  void judge(RememberedVolume& volume) {
    const fs::path file = order.copies / app::volume_file(volume.manifest.name);
    const bool due = !order.only_earlier && is_due(volume.manifest.name, order.turn, order.options.check_nights);
    if (due) drop_cached(file);
    if (!app::verify_volume_file(file, volume.manifest, due).ok()) {
      volume.use = VolumeUse::lost;
      if (volume.used_bytes != 0) report.lost_volumes.push_back(volume.manifest.name);
      return;
    }
    // More than half of it is of no use any more, or somebody could not open it.
    const bool hollow = volume.used_bytes * 2 < volume.held_bytes;
    volume.use = anew || hollow || !has_slots_for(volume.manifest, keyholders) ? VolumeUse::retiring : VolumeUse::good;
  }

  void retire_little_volumes() {
    std::vector<RememberedVolume*> little;
    std::size_t good = 0;
    for (RememberedVolume& volume : memory->volumes()) {
      if (volume.use != VolumeUse::good) continue;
      ++good;
      if (volume.manifest.bytes < order.options.volume_bytes / 2) little.push_back(&volume);
    }
    if (good <= kManyVolumes) return;
    std::ranges::sort(little, {}, [](const RememberedVolume* volume) { return volume->manifest.bytes; });
    for (RememberedVolume* volume : little) {
      if (good-- <= kFewVolumes) break;
      volume->use = VolumeUse::retiring;
    }
  }

  DocumentContent name(RememberedDocument& document, std::string reason = {}) {
    document.last_seen = order.sequence;
    needed.insert(document.volume);
    ++report.kept;
    report.kept_bytes += document.bytes;
    return {Presence::known, memory->volumes()[document.volume].manifest.name, app::format_hex(document.id), document.bytes,
            std::move(reason)};
  }

  // No more documents can be written tonight; those in the volume that was not closed are lost with it.
  void fail(const Error& error) {
    report.fault = error;
    if (!writer) return;
    memory->volumes()[writing].use = VolumeUse::lost;
    report.no_room += writer->documents();
    report.kept -= std::min(report.kept, writer->documents());
    report.kept_bytes -= std::min(report.kept_bytes, writer->bytes());
    report.fresh -= std::min(report.fresh, writer->documents());
    report.fresh_bytes -= std::min(report.fresh_bytes, writer->bytes());
    writer.reset();
  }

  bool make_room(std::uint64_t bytes) {
    if (writer && writer->documents() > 0 && writer->bytes() + bytes > order.options.volume_bytes) close_volume();
    if (writer || report.fault) return !report.fault;
    auto made = VolumeWriter::create(volumes(), memory->content_key());
    if (!made.ok()) {
      fail(made.error());
      return false;
    }
    writer = std::move(made).value();
    writing = memory->add_volume(writer->name());
    return true;
  }

  // What is closed is remembered at once: a night that is killed later goes on from here.
  void close_volume() {
    if (writer->documents() == 0) return;
    const std::uint64_t held_bytes = writer->bytes();
    auto finished = writer->finish(keyholders);
    if (!finished.ok()) return fail(finished.error());
    ++report.fresh_volumes;
    memory->volumes()[writing].manifest = std::move(finished).value();
    memory->volumes()[writing].held_bytes = memory->volumes()[writing].used_bytes = held_bytes;
    writer.reset();
    if (const auto saved = memory->save(); !saved.ok() && !report.fault) report.fault = saved.error();
  }

  bool is_there(const RememberedDocument* document) {
    return document != nullptr && memory->volumes()[document->volume].use != VolumeUse::lost;
  }

  DocumentContent without_bytes(const Error& error, RememberedDocument* before) {
    if (is_there(before)) {
      ++report.earlier;
      return name(*before, "as it was on an earlier night; tonight: " + error.what);
    }
    if (error.code == Code::bad_config) return ++report.elsewhere, not_kept(Presence::not_in_copy, error.what);
    if (error.code == Code::not_found) return ++report.not_found, not_kept(Presence::unreadable, error.what);
    return ++report.unreadable, not_kept(Presence::unreadable, error.what);
  }

  DocumentContent too_large(std::uint64_t bytes) {
    ++report.too_large;
    return not_kept(Presence::not_in_copy, "larger than the " + app::words_of_size(order.options.largest_bytes) +
                                               " that this practice keeps of one document", bytes);
  }

  DocumentContent keep_earlier(RememberedDocument* before, const ShortHash& revision) {
    if (!is_there(before)) return ++report.waiting, not_kept(Presence::not_in_copy, "its pages come with the next night's copy");
    if (before->revision == revision) return name(*before);
    ++report.waiting;
    return name(*before, "as it was on an earlier night; it was changed since, and comes with the next night's copy");
  }

  DocumentContent read_and_keep(const DocumentOffer& offer, const ShortHash& key, const ShortHash& revision,
                                RememberedDocument* before) {
    if (offer.bytes > order.options.largest_bytes) return too_large(offer.bytes);
    auto opened = offer.open();
    if (!opened.ok()) return without_bytes(opened.error(), before);
    if (report.fault || !make_room(offer.bytes)) {
      if (is_there(before)) return without_bytes(Error{Code::no_room, kNoRoom, ""}, before);
      return ++report.no_room, not_kept(Presence::not_in_copy, kNoRoom);
    }
    const auto known = [this](const std::string& id) {
      app::Digest digest{};
      return app::parse_hex(id, digest) && memory->find_content(digest) != nullptr;
    };
    auto added = writer->add(*opened.value(), offer.media_type, order.options.largest_bytes, known);
    if (!added.ok()) {
      fail(added.error());
      return ++report.no_room, not_kept(Presence::not_in_copy, kNoRoom);
    }
    if (added.value().too_long) return too_large(0);
    if (added.value().fault) return without_bytes(*added.value().fault, before);
    RememberedDocument document{revision, {}, writing, added.value().bytes, order.sequence};
    app::parse_hex(added.value().id, document.id);
    if (!added.value().is_new) document.volume = memory->find_content(document.id)->volume;
    if (added.value().is_new) ++report.fresh, report.fresh_bytes += document.bytes;
    memory->remember(key, document);
    DocumentContent content = name(document);
    if (writer->bytes() >= order.options.volume_bytes) close_volume();
    return content;
  }
};

DocumentNight::DocumentNight(DocumentOrder order, const std::vector<Keyholder>& keyholders)
    : state_(new State{std::move(order), keyholders, {}, {}, 0, {}, false, {}}) {
  if (state_->order.options.keep) state_->begin();
}
DocumentNight::~DocumentNight() = default;

const DocumentReport& DocumentNight::report() const { return state_->report; }

DocumentContent DocumentNight::keep(const DocumentOffer& offer) {
  State& state = *state_;
  if (!state.order.options.keep) {
    ++state.report.withheld;
    return not_kept(Presence::withheld, "");
  }
  if (!state.memory) {
    ++state.report.no_room;
    return not_kept(Presence::not_in_copy, "the exporter could not keep documents");
  }
  const ShortHash key = state.memory->hash("key", offer.key);
  const ShortHash revision = state.memory->hash("revision", offer.revision);
  RememberedDocument* before = state.memory->find(key);
  if (state.order.only_earlier) return state.keep_earlier(before, revision);
  if (before != nullptr && before->revision == revision &&
      state.memory->volumes()[before->volume].use == VolumeUse::good) {
    return state.name(*before);
  }
  return state.read_and_keep(offer, key, revision, before);
}

void DocumentNight::finish(app::Manifest& manifest) {
  State& state = *state_;
  manifest.volumes.clear();
  if (!state.memory) return;
  if (state.writer) state.close_volume();
  // A volume that holds nothing was begun for a document that could not be read.
  state.writer.reset();
  if (!state.order.only_earlier) remove_volume_leftovers(state.order.copies);
  std::vector<RememberedVolume>& volumes = state.memory->volumes();
  for (const std::uint32_t number : state.needed) {
    if (volumes[number].use == VolumeUse::lost || volumes[number].manifest.bytes == 0) continue;
    app::ManifestVolume named = volumes[number].manifest;
    std::erase_if(named.slots, [&](const app::VolumeSlot& slot) {
      return std::ranges::none_of(state.keyholders, [&](const Keyholder& k) { return k.public_key == slot.public_key; });
    });
    manifest.volumes.push_back(std::move(named));
  }
  std::ranges::sort(manifest.volumes, {}, &app::ManifestVolume::name);
  state.report.volumes = manifest.volumes.size();
  if (state.order.only_earlier) return;
  const std::uint64_t sequence = state.order.sequence;
  state.memory->forget_before(sequence > kNightsRemembered ? sequence - kNightsRemembered : 0);
  state.memory->count_used(sequence);
  if (const auto saved = state.memory->save(); !saved.ok() && !state.report.fault) state.report.fault = saved.error();
}

void DocumentNight::tidy(const app::Manifest& manifest) {
  State& state = *state_;
  if (state.order.only_earlier) return;
  std::set<std::string> needed;
  for (const app::ManifestVolume& volume : manifest.volumes) needed.insert(volume.name);
  if (state.anew && !state.report.fault) new_volumes_are_made(state.order.practice);
  const auto removed = remove_unneeded_volumes(state.order.copies, needed);
  if (removed.ok()) state.report.removed_volumes = removed.value();
  else if (!state.report.fault) state.report.fault = removed.error();
}

}  // namespace exporter
