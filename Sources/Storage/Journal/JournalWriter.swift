public import Records

internal import PostgresClient

/// Takes the entries of one file, for the time of one transaction.
public final class JournalWriter {
    private let source: Int16
    private let file: Int64
    var copy: CopyWriter?
    private(set) var hours = JournalHours()

    init(source: Int16, file: Int64) {
        self.source = source
        self.file = file
    }

    /// Writes an entry.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - errorClass: What the rules make of it; `nil` when it is no error.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func append(
        _ entry: JournalEntry, _ errorClass: ErrorClass?
    ) async throws {
        guard let copy else { preconditionFailure("the writer is lent for one transaction") }
        let entry = entry.storable
        hours.add(entry, errorType: errorClass?.type)
        try await copy.row { row in
            row.int16(source)
            row.int64(file)
            row.timestamptz(microseconds: entry.occurredAt)
            row.text(entry.operation)
            row.text(entry.objectKind)
            row.text(entry.sourceSystem)
            row.text(entry.targetSystem)
            row.text(entry.objectID)
            row.bool(entry.isError)
            row.int32(entry.durationMilliseconds)
            row.text(entry.errorCode)
            row.text(errorClass?.type)
            row.text(errorClass?.shape.withoutNUL)
            row.text(entry.details)
        }
    }
}

extension JournalEntry {
    /// The entry as PostgreSQL can hold it: without NUL characters.
    fileprivate var storable: JournalEntry {
        let texts = [operation, objectKind, sourceSystem, targetSystem, objectID]
        guard
            texts.contains(where: { $0.utf8.contains(0) })
                || errorCode?.utf8.contains(0) == true || details?.utf8.contains(0) == true
        else { return self }
        var entry = self
        entry.operation = operation.withoutNUL
        entry.objectKind = objectKind.withoutNUL
        entry.sourceSystem = sourceSystem.withoutNUL
        entry.targetSystem = targetSystem.withoutNUL
        entry.objectID = objectID.withoutNUL
        entry.errorCode = errorCode?.withoutNUL
        entry.details = details?.withoutNUL
        return entry
    }
}
