import CollectorTestSupport
import Records
import Sandbox

/// How often each verdict was passed, by entity and system, and which faults were met.
struct Tally {
    private static let names = ["certified", "doubted", "refused", "unexplained", "wrong"]
    private var counts: [String: [String: Int]] = [:]
    private var met: [SandboxSystem: [SandboxFault: Int]] = [:]
    private var cases: [String] = []
    private(set) var isWrong = false

    /// Counts a reading; one of no seed was made without faults, and has to be certified.
    mutating func add(
        _ reading: JudgedReading, system: SandboxSystem, configuration: InfobaseConfiguration,
        _ seed: UInt64?
    ) {
        let place = "\(reading.reading.entity.name) of \(system.rawValue)"
        guard let seed else {
            guard reading.verdict != .certified else { return }
            isWrong = true
            cases.append(
                "  without faults, \(place), \(configuration.rawValue): \(reading.verdict)")
            return
        }
        for (fault, count) in reading.met { met[system, default: [:]][fault, default: 0] += count }
        let name =
            switch reading.verdict {
            case .certified: "certified"
            case .doubted: "doubted"
            case .refused: "refused"
            case .unexplained: "unexplained"
            case .wrong: "wrong"
            }
        for row in [place, "all of \(system.rawValue)"] {
            counts[row, default: [:]][name, default: 0] += 1
        }
        guard let complaint = reading.complaint else { return }
        isWrong = true
        if cases.count < 40 {
            cases.append("  seed \(seed), \(configuration.rawValue), \(complaint)")
        }
    }

    /// The table, the faults, and the cases to look at.
    var lines: [String] {
        let width = counts.keys.map(\.count).max() ?? 0
        func row(_ first: String, _ cells: [String]) -> String {
            first + String(repeating: " ", count: max(0, width - first.count))
                + cells.map { String(repeating: " ", count: max(1, 14 - $0.count)) + $0 }.joined()
        }
        let rows = counts.sorted { $0.key < $1.key }.map { name, counts in
            row(name, Self.names.map { String(counts[$0] ?? 0) })
        }
        let faults = met.sorted { $0.key.rawValue < $1.key.rawValue }.map { system, counts in
            "met by \(system.rawValue): "
                + counts.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
        }
        return [row("", Self.names)] + rows + faults + cases
    }
}
