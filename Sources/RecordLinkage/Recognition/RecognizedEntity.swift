public import Records

/// An entity made up for tables that nobody has described: what their columns are, what is compared
/// and how, and which pairs are looked at.
public struct RecognizedEntity: Sendable {
    /// The definition; its headers name the columns of both tables.
    public let definition: EntityDefinition
    /// The id columns of the tables.
    public let idHeaders: [String]
    /// What was chosen, a line a column, for a person.
    public let notes: [String]

    /// Why no entity could be made up.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is missing and what to do.
        public let description: String
    }

    /// Recognises one table, for finding its duplicates.
    ///
    /// - Throws: ``Refusal`` when there is no id, or nothing to compare.
    public init(_ columns: [ColumnProfile], idHeader: String? = nil) throws(Refusal) {
        try self.init([columns], [idHeader])
    }

    /// Recognises two tables and which of their columns say the same.
    ///
    /// - Throws: ``Refusal`` when there is no id, or no column in common.
    public init(
        left: [ColumnProfile], right: [ColumnProfile], leftID: String? = nil,
        rightID: String? = nil
    ) throws(Refusal) {
        try self.init([left, right], [leftID, rightID])
    }

    private init(_ tables: [[ColumnProfile]], _ ids: [String?]) throws(Refusal) {
        var idHeaders: [String] = []
        for (table, id) in zip(tables, ids) {
            guard let header = id ?? Self.idColumn(table) else {
                throw Refusal(
                    description: "no column has a value of its own in every row, so that none can "
                        + "be the id; name it with --left-id, --right-id or --id")
            }
            idHeaders.append(header)
        }
        var notes = idHeaders.map { "id: \($0)" }
        let candidates = zip(tables, idHeaders).map { table, id in
            table.filter { $0.header != id && $0.filledCount * 50 > $0.rowCount }
        }
        let groups =
            candidates.count == 2
            ? ColumnPairing.pair(candidates[0], candidates[1])
            : candidates[0].filter { $0.distinctCount > 1 }.map { ColumnPairing.Group([$0], [$0]) }
        guard !groups.isEmpty else {
            throw Refusal(
                description: "no column of the one table has its like in the other; name what they "
                    + "are in an entity file (--entity)")
        }
        let otherIDs = OtherIDColumns(tables, ids: idHeaders) { column, side in
            groups.contains { $0.has(column, side: side) }
        }
        notes += otherIDs.notes
        var draft = EntityDraft(isSingle: tables.count == 1, otherIDs: otherIDs)
        for group in groups { draft.add(group) }
        for (place, table) in candidates.enumerated() {
            let side: Side = place == 0 ? .left : .right
            for column in table where !groups.contains(where: { $0.has(column, side: place) }) {
                guard !otherIDs.has(column, on: side) else { continue }
                notes.append("\(column.header): has no like in the other table, left out")
            }
        }
        self.idHeaders = idHeaders
        definition = draft.entity(idHeaders: idHeaders)
        self.notes = notes + draft.notes + draft.methodNotes
    }

    /// The column that is the id: unique, by its header, else the first.
    private static func idColumn(_ table: [ColumnProfile]) -> String? {
        let unique = table.filter { $0.isUnique && $0.rowCount > 0 }
        return (unique.first { HeaderWords($0.header).namesID } ?? unique.first)?.header
    }
}

/// Finds the columns of two tables that say the same.
enum ColumnPairing {
    /// The columns that become one field.
    struct Group {
        var left: [ColumnProfile]
        var right: [ColumnProfile]

        init(_ left: [ColumnProfile], _ right: [ColumnProfile]) {
            self.left = left
            self.right = right
        }

        func has(_ column: ColumnProfile, side: Int) -> Bool {
            (side == 0 ? left : right).contains { $0.header == column.header }
        }
    }

    static func pair(_ left: [ColumnProfile], _ right: [ColumnProfile]) -> [Group] {
        struct Likeness {
            var left: Int
            var right: Int
            var score: Double
        }
        var all: [Likeness] = []
        for (i, a) in left.enumerated() {
            for (j, b) in right.enumerated() {
                let score = likeness(a, b)
                if score >= 0.25 { all.append(Likeness(left: i, right: j, score: score)) }
            }
        }
        all.sort { ($1.score, $0.left, $0.right) < ($0.score, $1.left, $1.right) }
        var (takenLeft, takenRight) = ([Int: Int](), [Int: Int]())
        var groups: [Group] = []
        for item in all {
            let (a, b) = (left[item.left], right[item.right])
            switch (takenLeft[item.left], takenRight[item.right]) {
            case (nil, nil):
                takenLeft[item.left] = groups.count
                takenRight[item.right] = groups.count
                groups.append(Group([a], [b]))
            case (nil, let group?) where joins(a, groups[group].left):
                // A second writing of the same: «Наименование» and «Полное наименование».
                takenLeft[item.left] = group
                groups[group].left.append(a)
            case (let group?, nil) where joins(b, groups[group].right):
                takenRight[item.right] = group
                groups[group].right.append(b)
            default: continue
            }
        }
        return groups
    }

    private static func joins(_ column: ColumnProfile, _ others: [ColumnProfile]) -> Bool {
        [.organizationName, .phone, .email].contains(column.type)
            && others.allSatisfy { $0.type == column.type }
    }

    /// 0 to 1, more where headers and values agree.
    private static func likeness(_ a: ColumnProfile, _ b: ColumnProfile) -> Double {
        let sameHeader =
            HeaderWords(a.header).words == HeaderWords(b.header).words ? 0.6 : 0.0
        let isText = { (type: FieldType) in
            [.text, .organizationName, .personName, .address].contains(type)
        }
        guard a.type == b.type || (isText(a.type) && isText(b.type)) || sameHeader > 0 else {
            return 0
        }
        let shared = Double(a.vocabulary.intersection(b.vocabulary).count)
        let overlap = shared / Double(max(1, min(a.vocabulary.count, b.vocabulary.count)))
        let sameType = a.type == b.type
        // Types that a check or a form proves are of one kind even where samples share no value.
        let isProven =
            sameType
            && [.taxID, .kpp, .phone, .email, .address, .organizationName]
                .contains(a.type)
        return sameHeader + 0.4 * overlap + (isProven ? 0.3 : sameType ? 0.05 : 0)
    }
}
