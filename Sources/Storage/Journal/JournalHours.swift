internal import Foundation
internal import PostgresClient
internal import Records

/// Counts operations by the hour, as `journal_hour` keeps them.
struct JournalHours {
    /// What is counted apart.
    struct Key: Hashable {
        /// Hours since 1970.
        var hour: Int64
        var operation: String
        var objectKind: String
        var sourceSystem: String
        var targetSystem: String
        /// Empty for operations that succeeded.
        var errorType: String
    }

    /// The operations of one key.
    struct Count: Hashable {
        var entries: Int64 = 0
        var timed: Int64 = 0
        var durationSum: Int64 = 0
        /// Element i counts durations from 2^(i/4) to 2^((i+1)/4) milliseconds.
        var buckets: [Int64] = []
    }

    private(set) var counts: [Key: Count] = [:]

    /// Counts an operation.
    mutating func add(_ entry: JournalEntry, errorType: String?) {
        let microseconds: Int64 = 3_600_000_000
        let hour = (entry.occurredAt - Self.modulo(entry.occurredAt, microseconds)) / microseconds
        let key = Key(
            hour: hour, operation: entry.operation, objectKind: entry.objectKind,
            sourceSystem: entry.sourceSystem, targetSystem: entry.targetSystem,
            errorType: errorType ?? "")
        counts[key, default: Count()].add(entry.durationMilliseconds)
    }

    private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }

    /// The bucket of a duration, from zero.
    static func bucket(of milliseconds: Int32) -> Int {
        let index = max(0, Int(milliseconds))
        return index < known.count ? known[index] : computed(milliseconds)
    }

    /// The buckets of durations up to four seconds, which are nearly all.
    private static let known: [Int] = (0..<4_096).map { $0 < 1 ? 0 : computed(Int32($0)) }

    private static func computed(_ milliseconds: Int32) -> Int {
        var bucket = Int(4 * log2(Double(milliseconds)))
        // The logarithm of a power of two may fall short by its last bit.
        if pow(2, Double(bucket + 1) / 4) <= Double(milliseconds) { bucket += 1 }
        return bucket
    }
}

extension JournalHours.Count {
    mutating func add(_ milliseconds: Int32?) {
        entries += 1
        guard let milliseconds else { return }
        timed += 1
        durationSum += Int64(milliseconds)
        let bucket = JournalHours.bucket(of: milliseconds)
        while buckets.count <= bucket { buckets.append(0) }
        buckets[bucket] += 1
    }
}

extension JournalHours {
    /// Writes the counts as rows of `journal_hour`.
    nonisolated(nonsending) func write(to copy: CopyWriter) async throws {
        for (key, count) in counts {
            try await copy.row { row in
                row.timestamptz(microseconds: key.hour * 3_600_000_000)
                row.text(key.operation)
                row.text(key.objectKind)
                row.text(key.sourceSystem)
                row.text(key.targetSystem)
                row.text(key.errorType)
                row.int64(count.entries)
                row.int64(count.timed)
                row.int64(count.durationSum)
                row.int64Array(count.buckets)
            }
        }
    }
}
