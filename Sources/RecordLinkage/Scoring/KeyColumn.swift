/// A key of all records, for deciding a pair by a few loads.
struct KeyColumn: Sendable {
    let column: ValueColumn
    /// How many values are too common to decide, and how many records have the most common one; `nil`
    /// where there are none.
    let common: (count: Int, most: Int)?
    /// Which values decide: valid ones that are not too common.
    private let decides: Frozen<Bool>
    /// The only valid value of each record, ``none`` where there is none, ``several`` where more.
    private let only: Frozen<UInt32>
    private let flags: Frozen<UInt8>

    static let none = TextTable.none
    static let several = TextTable.none - 1
    private static let confirmed: UInt8 = 1
    private static let unique: UInt8 = 2

    /// - Parameters:
    ///   - column: The values.
    ///   - records: How many records there are.
    ///   - owners: How many records have each value, where these are not all records there are.
    ///   - mustBeRare: Whether a value that very many records have decides nothing: what an agent types
    ///     into every lead is not the number of any.
    init(
        _ column: ValueColumn, records: Int, owners: KeyOwners? = nil, mustBeRare: Bool = false
    ) {
        self.column = column
        var (decides, count, most) = ([Bool](), 0, 0)
        for value in 0..<column.table.count {
            let isCommon = mustBeRare && Self.isCommon(value, column.frequencies)
            decides.append(column.traits[value].isValid && !isCommon)
            if isCommon {
                count += 1
                most = max(most, Int(column.frequencies.expected[value]))
            }
        }
        self.decides = Frozen(decides)
        common = count > 0 ? (count, most) : nil
        func isSeenOnce(_ value: UInt32) -> Bool {
            guard let owners else { return column.frequencies.counts[Int(value)] < 2 }
            let own = owners.count(of: column.table.hashes[Int(value)])
            return own.left + own.right < 2
        }
        func isUnique(_ value: UInt32) -> Bool {
            guard let owners else { return column.frequencies.isUniquePerSide[Int(value)] }
            let own = owners.count(of: column.table.hashes[Int(value)])
            return own.left <= 1 && own.right <= 1
        }
        var only = [UInt32](repeating: Self.none, count: records)
        var flags = [UInt8](repeating: Self.confirmed | Self.unique, count: records)
        for record in 0..<records {
            for value in column.values(of: record) {
                let isValid = decides[Int(value)]
                if isValid { only[record] = only[record] == Self.none ? value : Self.several }
                if !isValid || isSeenOnce(value) {
                    flags[record] &= ~Self.confirmed
                }
                if !isUnique(value) {
                    flags[record] &= ~Self.unique
                }
            }
        }
        self.only = Frozen(only)
        self.flags = Frozen(flags)
    }

    /// Values of so many records are not too common, however few there are.
    private static let mostRecords: UInt32 = 50
    /// Values of one record in two hundred of a side tell as much as this, in bits; of more, less.
    private static let fewestBits: Float = 7.64

    private static func isCommon(_ value: Int, _ frequencies: Frequencies) -> Bool {
        frequencies.expected[value] > mostRecords && frequencies.plainBits[value] < fewestBits
    }

    /// Whether two records agree on the key; `nil` when one has no valid value.
    func agree(_ first: Int, _ second: Int) -> Bool? {
        let (a, b) = (only[first], only[second])
        guard a != Self.none, b != Self.none else { return nil }
        guard a == Self.several || b == Self.several else { return a == b }
        let other = column.values(of: second)
        return column.values(of: first).contains {
            decides[Int($0)] && other.contains($0)
        }
    }

    /// Whether at most one record a side has the value.
    func isUnique(_ record: Int) -> Bool { flags[record] & Self.unique != 0 }

    /// The valid value of a record, a number of its own where it has several.
    func signature(_ record: Int) -> UInt64 {
        only[record] == Self.several ? UInt64(record) << 32 : UInt64(only[record])
    }

    /// What a screen reads of the column.
    func screened(decides: Bool, setsApart: Bool) -> KeyScreen.Entry {
        KeyScreen.Entry(
            only: only.base, flags: flags.base, decides: decides, setsApart: setsApart)
    }

    /// Tells, without counting references, the pairs of which no key can say anything: most.
    struct KeyScreen: Sendable {
        struct Entry: BitwiseCopyable {
            let only: UnsafePointer<UInt32>
            let flags: UnsafePointer<UInt8>
            /// Whether equal values may decide.
            let decides: Bool
            /// Whether different values do: on one side always, across when both are confirmed.
            let setsApart: Bool
        }

        enum Finding { case nothing, mayDecide, apart }

        private let entries: Frozen<Entry>
        /// Keeps the memory that the entries point to.
        private let columns: [KeyColumn]

        init(_ keys: [(column: KeyColumn, decides: Bool, setsApart: Bool)]) {
            columns = keys.map(\.column)
            entries = Frozen(
                keys.map { $0.column.screened(decides: $0.decides, setsApart: $0.setsApart) })
        }

        /// Reads what is asked of a record, which is then at hand.
        @inline(__always)
        func fetch(_ record: Int) -> UInt32 {
            var sum: UInt32 = 0
            for index in 0..<entries.count {
                sum &+= entries[index].only[record] &+ UInt32(entries[index].flags[record])
            }
            return sum
        }

        @inline(__always)
        func look(_ first: Int, _ second: Int, isOneSide: Bool) -> Finding {
            var finding = Finding.nothing
            for index in 0..<entries.count {
                let entry = entries[index]
                let (a, b) = (entry.only[first], entry.only[second])
                if a == KeyColumn.none || b == KeyColumn.none { continue }
                if a == b || a == KeyColumn.several || b == KeyColumn.several {
                    if entry.decides || entry.setsApart { return .mayDecide }
                } else if entry.setsApart,
                    isOneSide
                        || entry.flags[first] & entry.flags[second] & KeyColumn.confirmed != 0
                {
                    finding = .apart
                }
            }
            return finding
        }
    }
}

typealias KeyScreen = KeyColumn.KeyScreen

extension KeyColumn {
    /// Whether two records have different valid values that cannot be those of one thing.
    ///
    /// Within one side any two: a source that gives two numbers means two taxpayers. Across the sides
    /// one valid number can stand where another is meant, which is a finding worth having, but hardly
    /// in several records: both values must stand in others too. Companies of a group share name,
    /// telephone and address, and stay two taxpayers.
    func areApart(_ first: Int, _ second: Int, isOneSide: Bool) -> Bool {
        (isOneSide || flags[first] & flags[second] & Self.confirmed != 0)
            && agree(first, second) == false
    }
}
