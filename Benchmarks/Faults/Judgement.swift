import Collection
import Records
import Sandbox

/// Whether a reading through faults says no more than is true.
///
/// The system may have changed meanwhile, as systems do. What stood there before and after with the
/// same content must be in a certified snapshot as it is; what is in it must have stood there before
/// or after, or have come into being meanwhile. A snapshot that is not certified must give a reason, and one that met nothing but faults
/// on the way, which a patient caller survives, needs none.
enum Judgement: Hashable {
    /// Certified, and true.
    case certified
    /// Not certified, and right not to be.
    case doubted
    /// The reading ended with an error that says what to do.
    case failed
    /// The reading without faults did not come to its end: nothing can be judged.
    case unjudged(String)
    /// Not certified, although nothing touched a list.
    case overcautious(String)
    /// Certified, and not true.
    case wrong(String)

    /// Judges a reading.
    ///
    /// - Parameters:
    ///   - reading: The reading through faults.
    ///   - before: The reading before it.
    ///   - after: The reading after it.
    ///   - met: How often each fault was met.
    ///   - created: The ids of what came into being meanwhile, whether it is still there or not.
    init(
        of reading: Reading, before: Reading, after: Reading, met: [SandboxFault: Int],
        created: Set<String>
    ) {
        guard before.certificate?.isCertified == true, after.certificate?.isCertified == true else {
            let reason =
                before.failure ?? after.failure ?? before.certificate?.doubts.first.map(
                    Doubted.init)
                ?? after.certificate?.doubts.first.map(Doubted.init)
            self = .unjudged("\(reason.map { "\($0)" } ?? "")")
            return
        }
        guard let certificate = reading.certificate else {
            self = reading.failure is CollectionError ? .failed : .wrong("no error of reading")
            return
        }
        guard certificate.isCertified else {
            self =
                met.keys.contains(where: Self.touchesLists)
                ? .doubted : .overcautious("\(certificate.doubts)")
            return
        }
        self = Self.lie(reading, before, after, created).map { .wrong($0) } ?? .certified
    }

    private struct Doubted: Error {
        let doubt: Certificate.Doubt
    }

    private static func touchesLists(_ fault: SandboxFault) -> Bool {
        switch fault {
        case .repeatedPage, .staleTotal, .wrongEncoding, .rowCreated, .rowDeleted, .rowUpdated,
            .emptyBatch, .lostCommand:
            true
        default: false
        }
    }

    private static func lie(
        _ reading: Reading, _ before: Reading, _ after: Reading, _ created: Set<String>
    ) -> String? {
        if reading.repeated > 0 { return "\(reading.repeated) ids delivered twice" }
        for (id, fields) in before.records where after.records[id] == fields {
            guard let read = reading.records[id] else { return "\(id) is not there" }
            if read != fields { return "\(id) reads otherwise" }
        }
        for id in reading.records.keys
        where before.records[id] == nil && after.records[id] == nil
            && created.isDisjoint(with: parts(of: id))
        {
            return "\(id) was never there"
        }
        return nil
    }

    /// An id, and what it is put together of: `invoice-7`, or keys joined by `#`.
    private static func parts(of id: RecordID) -> [String] {
        let text = id.rawValue
        return [text] + text.split(separator: "#").map(String.init)
            + text.split(separator: "-").suffix(1).map(String.init)
    }
}

/// How often each judgement was passed, by entity and system.
struct Tally {
    private var counts: [String: [String: Int]] = [:]
    private var cases: [String] = []
    private(set) var isWrong = false

    mutating func add(
        _ judgement: Judgement, entity: EntityName, system: SandboxSystem, seed: UInt64,
        met: [SandboxFault: Int]
    ) {
        let (name, reason): (String, String?) =
            switch judgement {
            case .certified: ("certified", nil)
            case .doubted: ("doubted", nil)
            case .failed: ("failed", nil)
            case .unjudged(let reason): ("unjudged", reason)
            case .overcautious(let reason): ("overcautious", reason)
            case .wrong(let reason): ("wrong", reason)
            }
        let row = "\(entity) of \(system.rawValue)"
        counts[row, default: [:]][name, default: 0] += 1
        if case .wrong = judgement { isWrong = true }
        if let reason, cases.count < 40 {
            let faults = met.map { "\($0.key.rawValue) \($0.value)" }.sorted()
            cases.append(
                "  \(name): seed \(seed), \(row): \(reason) [\(faults.joined(separator: ", "))]")
        }
    }

    var lines: [String] {
        let names = ["certified", "doubted", "failed", "overcautious", "unjudged", "wrong"]
        let width = counts.keys.map(\.count).max() ?? 0
        func row(_ first: String, _ cells: [String]) -> String {
            first + String(repeating: " ", count: max(0, width - first.count))
                + cells.map { String(repeating: " ", count: max(1, 14 - $0.count)) + $0 }.joined()
        }
        let rows = counts.sorted { $0.key < $1.key }.map { name, counts in
            row(name, names.map { String(counts[$0] ?? 0) })
        }
        return [row("", names)] + rows + cases
    }
}
