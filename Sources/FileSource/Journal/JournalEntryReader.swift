internal import Collection
internal import Foundation
internal import Records

/// Makes an entry of the cells of a line.
struct JournalEntryReader {
    private let settings: JournalSettings
    private var time: JournalTime
    /// What a status means, by how it was written: there are few ways.
    private var statuses: [String: Meaning] = [:]

    private enum Meaning { case arrived, failed, unknown }

    init(_ settings: JournalSettings) {
        self.settings = settings
        time = JournalTime(timeZone: settings.timeZone)
    }

    /// Reads an entry.
    ///
    /// - Parameters:
    ///   - cells: The cells.
    ///   - line: The bytes in which cells lie that are not texts of their own.
    /// - Returns: The entry, or why the line is left out.
    mutating func entry(
        _ cells: JournalCells, in line: UnsafeBufferPointer<UInt8>
    ) -> Result<JournalEntry, JournalLeftOut> {
        guard let moment = moment(cells[.time], line) else { return .failure(.init(.noTime)) }
        guard moment <= settings.latest else { return .failure(.init(.fromFuture)) }
        let code = name(cells[.errorCode], line)
        var details = text(cells[.details], line)
        if details.utf8.count > JournalSettings.longestDetails {
            details = String(details.prefix(JournalSettings.longestDetails))
        }
        return .success(
            JournalEntry(
                occurredAt: moment, operation: name(cells[.operation], line),
                objectKind: name(cells[.objectKind], line),
                sourceSystem: name(cells[.sourceSystem], line),
                targetSystem: name(cells[.targetSystem], line),
                objectID: name(cells[.objectID], line),
                // A word that nobody knows is no error by itself; a code of an error is.
                isError: isError(text(cells[.status], line), hasCode: !code.isEmpty),
                durationMilliseconds: duration(cells[.duration], line),
                errorCode: code.isEmpty ? nil : code, details: details.isEmpty ? nil : details))
    }

    private mutating func moment(
        _ cell: JournalCells.Cell, _ line: UnsafeBufferPointer<UInt8>
    ) -> Int64? {
        switch cell {
        case .absent: return nil
        case .bytes(let start, let end):
            return time.microseconds(UnsafeBufferPointer(rebasing: line[start..<end]))
        case .text(var text):
            return text.withUTF8 { time.microseconds($0) }
        }
    }

    private mutating func isError(_ status: String, hasCode: Bool) -> Bool {
        switch status.isEmpty ? .unknown : meaning(of: status) {
        case .arrived: false
        case .failed: true
        case .unknown: hasCode
        }
    }

    private mutating func meaning(of status: String) -> Meaning {
        if let known = statuses[status] { return known }
        let word = status.lowercased()
        let meaning: Meaning =
            settings.errorWords.contains(word)
            ? .failed : settings.successWords.contains(word) ? .arrived : .unknown
        statuses[status] = meaning
        return meaning
    }

    private func name(
        _ cell: JournalCells.Cell, _ line: UnsafeBufferPointer<UInt8>
    ) -> String {
        let text = text(cell, line)
        guard text.utf8.count > JournalSettings.longestName else { return text }
        return String(text.prefix(JournalSettings.longestName))
    }

    private func text(_ cell: JournalCells.Cell, _ line: UnsafeBufferPointer<UInt8>) -> String {
        switch cell {
        case .absent: ""
        case .bytes(let start, let end):
            TextCleaning.trimmed(
                String(decoding: UnsafeBufferPointer(rebasing: line[start..<end]), as: UTF8.self))
        case .text(let text): TextCleaning.trimmed(text)
        }
    }

    /// Whole milliseconds; nothing for what is no number, or takes back time.
    private func duration(
        _ cell: JournalCells.Cell, _ line: UnsafeBufferPointer<UInt8>
    ) -> Int32? {
        if case .bytes(let start, let end) = cell, (1...9).contains(end - start),
            line[start..<end].allSatisfy({ $0 &- 0x30 < 10 })
        {
            return line[start..<end].reduce(0) { $0 * 10 + Int32($1 - 0x30) }
        }
        guard let number = Double(text(cell, line).replacing(",", with: ".")), number >= 0,
            number < Double(Int32.max)
        else { return nil }
        return Int32(number.rounded())
    }
}

/// Carries the reason for which a line is left out.
struct JournalLeftOut: Error {
    let reason: JournalRefusal

    init(_ reason: JournalRefusal) { self.reason = reason }
}
