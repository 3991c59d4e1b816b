import Records

/// To which things two records belong, by the numbers that stay from night to night.
struct ThingText {
    /// A line, or one for each of the records that belong to any.
    let lines: [String]

    /// - Parameters:
    ///   - records: The records.
    ///   - things: The number of the thing of each; none where files were asked about.
    init(_ records: [RecordID], _ things: [Int64?]) {
        let known = zip(records, things).compactMap { id, thing in thing.map { (id, $0) } }
        if known.count == 2, known[0].1 == known[1].1 {
            lines = ["both belong to thing \(known[0].1), a number that stays from night to night"]
        } else {
            lines = known.map { "\($0.0) belongs to thing \($0.1)" }
        }
    }
}
