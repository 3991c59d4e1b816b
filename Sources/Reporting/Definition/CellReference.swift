/// Where a number of a report comes from: a cell of a table, or a sum over its rows.
///
/// Written `table.column`, `table.column[key=value]`, `sum(table.column)`, `max(table.column)`,
/// `last(table.column)` or `count(table)`; a condition in brackets goes with any of them.
struct CellReference: Sendable, Hashable {
    enum Taking: String, CaseIterable, Sendable {
        case first, last, sum, max, count
    }

    let taking: Taking
    let table: String
    /// Empty for `count`.
    let column: String
    /// The rows concerned: those that have this text in this column.
    let condition: Condition?

    struct Condition: Sendable, Hashable {
        let column: String
        let value: String
    }

    /// Reads a reference; `nil` when it is none.
    init?(_ text: String) {
        var rest = Substring(text)
        if let open = text.firstIndex(of: "("), text.hasSuffix(")") {
            guard let taking = Taking(rawValue: String(text[..<open])) else { return nil }
            self.taking = taking
            rest = text[text.index(after: open)...].dropLast()
        } else {
            taking = .first
        }
        if rest.hasSuffix("]"), let open = rest.firstIndex(of: "[") {
            let parts = rest[rest.index(after: open)...].dropLast()
                .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Self.isName(parts[0]) else { return nil }
            condition = Condition(column: String(parts[0]), value: String(parts[1]))
            rest = rest[..<open]
        } else {
            condition = nil
        }
        let names = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard names.count == (taking == .count ? 1 : 2), names.allSatisfy(Self.isName) else {
            return nil
        }
        table = String(names[0])
        column = taking == .count ? "" : String(names[1])
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}
