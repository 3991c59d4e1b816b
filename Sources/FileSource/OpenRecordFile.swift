internal import Foundation
public import Records

/// A delimited file of records that is open, so that it can be told which of them changed, and be read as a
/// whole all the same.
public struct OpenRecordFile: Sendable {
    private let text: DelimitedText
    private let byteCount: Int

    fileprivate init(_ text: DelimitedText, byteCount: Int) {
        (self.text, self.byteCount) = (text, byteCount)
    }

    /// Reads all records.
    ///
    /// - Parameter progress: Called with the share of the file that is read, 0 to 1.
    /// - Returns: The table, what was read, and what tells the next time which rows are the same; `nil`
    ///   where a row is longer than two gigabytes.
    /// - Throws: ``FileError`` with the line at which the file cannot be read on.
    public func table(
        progress: (_ share: Double) -> Void = { _ in }
    ) throws -> (
        table: RecordTable, summary: RecordFile.Summary, prints: RowPrints?
    ) {
        var gathered = Gathered(isTable: true)
        let prints = try text.read(into: &gathered, progress: progress)
        let table = gathered.table?.finish() ?? RecordTable([], fieldCount: 0)
        return (table, summary(gathered), prints)
    }

    /// Reads the records that may say something else than they did.
    ///
    /// - Parameters:
    ///   - prints: The rows as they were.
    ///   - rowThen: The row then of a record, by its id.
    ///   - progress: Called with the share of the file that is read, 0 to 1.
    /// - Returns: The records, and what was read; `nil` where the file has other columns or is written in
    ///   another way.
    /// - Throws: ``FileError``; ``table()`` tells the line.
    public func changes(
        since prints: RowPrints, rowThen: (UnsafeBufferPointer<UInt8>) -> UInt32?,
        progress: (_ share: Double) -> Void = { _ in }
    ) throws -> (table: ChangedTable, summary: RecordFile.Summary)? {
        guard prints.shape == text.shape else { return nil }
        var gathered = Gathered(isTable: true)
        let changes = try text.changes(
            since: prints, rowThen: rowThen, into: &gathered, progress: progress)
        return changes.map { ($0, summary(gathered)) }
    }

    private func summary(_ gathered: Gathered) -> RecordFile.Summary {
        RecordFile.Summary(roles: text.roles, gathered, byteCount: byteCount)
    }
}

extension RecordFile {
    /// Opens the file and reads its header.
    ///
    /// - Returns: `nil` where it must be read as a stream: JSON Lines, a pipe, a journal, documents whose
    ///   rows are lines, or a file that is not there, which reading it tells.
    /// - Throws: ``FileError`` when the header cannot be read.
    public func open() throws -> OpenRecordFile? {
        let name = url.lastPathComponent
        guard !options.isJournal, !options.keepsPayload, !ExportName.isJSONLines(name),
            let file = OpenFile(url)
        else { return nil }
        let text = try DelimitedText(file, name: name, entity: entity, options: options)
        guard text.roles.lineFieldOfRows == nil else { return nil }
        return OpenRecordFile(text, byteCount: file.size)
    }
}
