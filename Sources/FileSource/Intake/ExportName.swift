/// What the names of exported files say.
enum ExportName {
    /// What stands after the last point, in lower case; of a rotated file (`journal.jsonl.1`) what
    /// stands before its number.
    static func ending(of name: String) -> String {
        let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last else { return "" }
        let isNumber = !last.isEmpty && last.allSatisfy { ("0"..."9").contains($0) }
        return String(isNumber && parts.count > 2 ? parts[parts.count - 2] : last)
    }

    /// Whether a file of this name is JSON Lines; every other one is delimited text.
    static func isJSONLines(_ name: String) -> Bool {
        ["jsonl", "ndjson", "json", "log"].contains(ending(of: name))
    }

    /// Whether a file is named for something: `operation.csv`, `operation-2026-01-31.csv`,
    /// `operation_2.csv`, `operation.csv.1`; not `operation_log.csv`, `operations.csv`.
    static func isNamed(_ name: String, _ stem: String) -> Bool {
        let (name, stem) = (name.lowercased(), stem.lowercased())
        let ending = "." + ending(of: name)
        var rest = name.dropFirst(stem.count)
        if !rest.hasSuffix(ending), let point = rest.lastIndex(of: ".") { rest = rest[..<point] }
        guard name.hasPrefix(stem), ending.count > 1, rest.hasSuffix(ending) else { return false }
        rest = rest.dropLast(ending.count)
        guard let first = rest.first else { return true }
        return "-_.".contains(first)
            && rest.allSatisfy { "-_.:tz".contains($0) || ("0"..."9").contains($0) }
    }

    /// Orders names with numbers as people do: `import0_2.xml` before `import0_10.xml`.
    static func isBefore(_ left: String, _ right: String) -> Bool {
        let (left, right) = (runs(left), runs(right))
        for (one, other) in zip(left, right) where one != other {
            if let first = Int(one), let second = Int(other), first != second {
                return first < second
            }
            return one < other
        }
        return left.count < right.count
    }

    /// The name without what differs from one export to the next: a date, a time, a GUID.
    ///
    /// Numbers of up to three digits stay, since they tell the parts of one export. Two files of
    /// one family are thus the same part of two exports.
    static func family(of name: String) -> String {
        var kept = ""
        for run in runs(withoutGUIDs(name)) {
            let isNumber = run.first.map { ("0"..."9").contains($0) } ?? false
            kept += isNumber && run.count > 3 ? "" : run
        }
        // Of 2026-01-31 the year is gone by now, and the two short numbers are.
        return kept.replacing(/-\d\d-\d\d(?:[T_ -]\d\d[-_:.]\d\d(?:[-_:.]\d\d)?)?/, with: "")
    }

    private static func withoutGUIDs(_ name: String) -> String {
        name.replacing(
            /[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}/, with: "")
    }

    /// Runs of digits and of everything else.
    private static func runs(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        for index in text.indices.dropFirst() {
            let isDigit = ("0"..."9").contains(text[index])
            let wasDigit = ("0"..."9").contains(text[text.index(before: index)])
            if isDigit != wasDigit {
                parts.append(text[start..<index])
                start = index
            }
        }
        return parts + [text[start...]]
    }
}
