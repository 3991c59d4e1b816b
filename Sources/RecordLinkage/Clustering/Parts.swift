/// What each thing has on one side, named after its first record.
struct Parts {
    private(set) var part: [Int32]
    private var members: [Int32: [Int]] = [:]
    /// Of parts larger than ``Agglomeration/mostHeard``: the members that are heard.
    private var heard: [Int32: [Int]] = [:]
    private let keys: KeyDecisions

    init(records: Int, _ keys: KeyDecisions) {
        part = (0..<Int32(records)).map { $0 }
        self.keys = keys
    }

    mutating func add(_ records: [Int]) {
        guard records.count > 1 else { return }
        for record in records { part[record] = Int32(records[0]) }
        members[Int32(records[0])] = records
        guard records.count > Agglomeration.mostHeard else { return }
        // Chosen once: a part is asked about with each of its rivals.
        var known: Set<UInt64> = []
        heard[Int32(records[0])] = records.enumerated().compactMap {
            place, record -> Int? in
            let isNew = known.insert(keys.signature(record)).inserted
            return isNew || place < Agglomeration.mostHeard ? record : nil
        }
    }

    /// By whom a part is heard: its first members, and of the others one of each kind that keys or
    /// people can tell apart.
    func voices(_ part: Int32) -> [Int] { heard[part] ?? self[part] }

    subscript(_ part: Int32) -> [Int] { members[part] ?? [Int(part)] }
}
