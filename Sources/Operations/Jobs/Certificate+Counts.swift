public import Records

extension Certificate {
    /// How the records were counted and what came of it, for the terminal.
    public var countExplanation: String {
        func told(_ count: Int?) -> String { count.map(String.init) ?? "unknown" }
        let counts =
            switch fileRows {
            case nil:
                "\(told(announcedCount)) announced before, \(told(announcedCountAfter)) after"
            case .some(let rows):
                rows.scanned.map { "\($0) rows by the bytes of the files, \(rows.read) by reading" }
                    ?? "\(rows.read) rows, counted once"
            }
        return "\(counts); \(listedCount) listed, each id once"
    }
}
