/// One field of a cron expression: which minutes, hours, days, months or weekdays are meant.
struct CronField: Hashable, Sendable {
    /// A field's place in the expression, with what may stand there.
    struct Kind: Sendable {
        let title: String
        let range: ClosedRange<Int>
        var names: [String: Int] = [:]

        static let minute = Kind(title: "minute", range: 0...59)
        static let hour = Kind(title: "hour", range: 0...23)
        static let day = Kind(title: "day of the month", range: 1...31)
        static let month = Kind(
            title: "month", range: 1...12,
            names: numbered(
                "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
                from: 1))
        /// Both 0 and 7 are Sunday.
        static let weekday = Kind(
            title: "weekday", range: 0...7,
            names: numbered("sun", "mon", "tue", "wed", "thu", "fri", "sat", from: 0))

        private static func numbered(_ names: String..., from first: Int) -> [String: Int] {
            Dictionary(
                uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset + first) })
        }
    }

    /// The numbers meant, as bits.
    private(set) var bits: UInt64 = 0
    /// Whether it begins with a star: cron then lets the other day field decide alone.
    let isUnrestricted: Bool

    func contains(_ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }

    /// Reads a field: `*`, `5`, `mon-fri`, `*/15`, `8-18/2`, and lists of these.
    init(_ text: Substring, _ kind: Kind) throws(CronError) {
        isUnrestricted = text.hasPrefix("*")
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            var step = 1
            if halves.count == 2 {
                guard let number = Int(halves[1]), number > 0 else {
                    throw CronError("'\(part)' is no step of a \(kind.title)")
                }
                step = number
            }
            let range = try Self.range(halves[0], kind, isOpen: halves.count == 2)
            for number in stride(from: range.lowerBound, through: range.upperBound, by: step) {
                bits |= 1 << UInt64(number)
            }
        }
        if kind.range.upperBound == 7, contains(7) { bits |= 1 }
    }

    private static func range(
        _ text: Substring, _ kind: Kind, isOpen: Bool
    ) throws(CronError) -> ClosedRange<Int> {
        if text == "*" { return kind.range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count) else {
            throw CronError("'\(text)' is no \(kind.title)")
        }
        let first = try number(ends[0], kind)
        let last =
            ends.count == 2 ? try number(ends[1], kind) : isOpen ? kind.range.upperBound : first
        guard first <= last else {
            throw CronError("'\(text)' ends before it begins; write it as two parts")
        }
        return first...last
    }

    private static func number(_ text: Substring, _ kind: Kind) throws(CronError) -> Int {
        if let number = kind.names[text.lowercased()] { return number }
        guard let number = Int(text), kind.range.contains(number), text.first != "+" else {
            let bounds = "\(kind.range.lowerBound) to \(kind.range.upperBound)"
            throw CronError("'\(text)' is no \(kind.title): \(bounds)")
        }
        return number
    }
}

/// Why a cron expression could not be read.
public struct CronError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with which part.
    public let description: String

    init(_ description: String) { self.description = description }
}
