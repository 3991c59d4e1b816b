internal import Foundation
internal import Records

/// The notes of a record as JSON.
enum ReadingNotes {
    /// The notes; `nil` when there are none, as for nearly all records.
    static func json(_ notes: [ReadingNote]) -> String? {
        guard !notes.isEmpty, let data = try? JSONEncoder().encode(notes) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads notes back; what cannot be read is left out, since notes only explain.
    static func read(_ json: String?) -> [ReadingNote] {
        guard let json else { return [] }
        return (try? JSONDecoder().decode([ReadingNote].self, from: Data(json.utf8))) ?? []
    }
}
