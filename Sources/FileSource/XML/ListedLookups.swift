internal import Archives
internal import Collection
internal import Records
internal import XMLStream

/// Reads the lookups of a mapping from the lists that exported files carry: groups, kinds of prices,
/// warehouses.
///
/// The lists stand before the records that use them, maybe in another file, so each file is read up
/// to its first record and no further.
struct ListedLookups {
    private let mapping: EntityMapping
    private let records: [ElementPattern]
    private let limits: ArchiveLimits
    private let lookups: [(list: LookupList, pattern: ElementPattern)]

    /// Names the lookups; nothing is read yet.
    ///
    /// - Parameters:
    ///   - mapping: The mapping of an entity; the `list` of each of its lookups is an
    ///     ``ElementPattern``.
    ///   - records: The patterns of all records of such files.
    ///   - limits: What archives may not exceed.
    init(of mapping: EntityMapping, records: [ElementPattern], limits: ArchiveLimits) {
        self.mapping = mapping
        self.records = records
        self.limits = limits
        lookups = mapping.lookups.compactMap { lookup in
            ElementPattern(lookup.list).map { (lookup.checkingFilter, $0) }
        }
    }

    /// Reads the lists of all files; of a key that two documents have the first one's texts count.
    ///
    /// A document that is broken is left as it is here; reading its records complains.
    ///
    /// - Parameters:
    ///   - files: The files, the newest first.
    ///   - folder: Where they are.
    /// - Returns: The filled tables.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func tables(from files: [ExportFile], in folder: ExportFolder) throws -> LookupTables {
        var documents: [[[JSONValue]]] = []
        for file in lookups.isEmpty ? [] : files {
            do {
                var exported = try ExportDocuments(folder.place(of: file.name), limits: limits)
                while try exported.nextDocument() != nil {
                    try Task.checkCancellation()
                    documents.append(try rows(of: &exported))
                }
            } catch  where error is XMLError || error is ArchiveError || error is FileError {
                continue
            }
        }
        var tables = LookupTables()
        for (position, lookup) in lookups.enumerated() {
            var whole = LookupTables.Table()
            for rows in documents {
                var one = tables
                one.fill(lookup.list, of: mapping, with: rows[position])
                whole.merge(one[lookup.list.name]) { first, _ in first }
            }
            tables[lookup.list.name] = whole
        }
        return tables
    }

    /// The rows of each lookup in one document.
    private func rows(of documents: inout ExportDocuments) throws -> [[JSONValue]] {
        let elements = ListedElements(
            lookups.map { ($0.pattern, Set($0.list.selection.names)) }, until: records)
        let parser = XMLStreamParser(handler: elements)
        do {
            while let piece = try documents.nextPiece() { try parser.feed(piece) }
            try parser.finish()
        } catch is ListedElements.EndOfLists {}
        return elements.rows
    }
}

extension LookupList {
    /// The same with its filter among its conditions: a file gives all rows, asked for or not.
    fileprivate var checkingFilter: LookupList {
        var lookup = self
        for filter in filter {
            lookup.conditions.append(
                MappingCondition(
                    path: MappingPath(steps: [.member(filter.member)]),
                    question: .equals([filter.value])))
        }
        return lookup
    }
}

/// Takes the rows of lists out of a document, up to its first record.
///
/// Rows may stand inside each other, as groups do. A row is its attributes and those of its children
/// that are read: of a tree of groups each has its own name and not the whole branch below it.
private final class ListedElements: XMLHandler {
    typealias Wanted = (pattern: ElementPattern, names: Set<String>)

    struct EndOfLists: Error {}

    private struct Row {
        let wanted: Int
        let depth: Int
        var payload = ElementPayload()
        /// The depth of the child that is being passed over; `nil` when none is.
        var passedOver: Int?
    }

    /// More rows than this no list has; what refers to the rest keeps its key.
    private static let longest = 1_000_000

    private(set) var rows: [[JSONValue]]
    private let wanted: [Wanted]
    private let records: [ElementPattern]
    private var open: [OpenElement] = []
    private var gathered: [Row] = []

    init(_ wanted: [Wanted], until records: [ElementPattern]) {
        self.wanted = wanted
        self.records = records
        rows = Array(repeating: [], count: wanted.count)
    }

    func startElement(_ name: XMLName, attributes: XMLAttributes) throws {
        var element = OpenElement(name: name)
        for position in 0..<attributes.count {
            element.attributes[attributes.name(at: position).text] = String(
                decoding: attributes.value(at: position), as: UTF8.self)
        }
        open.append(element)
        if records.contains(where: { $0.matches(open) }) { throw EndOfLists() }
        for index in gathered.indices where gathered[index].passedOver == nil {
            let isChild = gathered[index].depth + 1 == open.count
            if isChild, !wanted[gathered[index].wanted].names.contains(name.text) {
                gathered[index].passedOver = open.count
            } else {
                gathered[index].payload.start(name, attributes)
            }
        }
        for (position, one) in wanted.enumerated()
        where rows[position].count < Self.longest && one.pattern.matches(open) {
            var row = Row(wanted: position, depth: open.count)
            row.payload.start(name, attributes)
            gathered.append(row)
        }
    }

    func text(_ piece: Span<UInt8>) throws {
        for index in gathered.indices where gathered[index].passedOver == nil {
            guard gathered[index].payload.byteCount <= ElementPayload.largestByteCount else {
                continue
            }
            gathered[index].payload.text(piece)
        }
    }

    func endElement(_ name: XMLName) throws {
        for index in gathered.indices {
            if gathered[index].passedOver == nil {
                gathered[index].payload.end()
            } else if gathered[index].passedOver == open.count {
                gathered[index].passedOver = nil
            }
        }
        while var row = gathered.last, row.depth == open.count {
            gathered.removeLast()
            do {
                rows[row.wanted].append(
                    try JSONDocument(parsing: row.payload.takeJSON(), depthLimit: 512).root)
            } catch {
                preconditionFailure("a payload is JSON: \(error)")
            }
        }
        _ = open.popLast()
    }
}
