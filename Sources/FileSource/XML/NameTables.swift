internal import Archives
internal import Collection
internal import Records
internal import XMLStream

/// The names of what fields hold ids of, read from the lists that the exported files carry.
///
/// The lists stand before the records that use them, maybe in another file, so each file is read up
/// to its first record and no further.
struct NameTables {
    private let tables: [(position: Int, names: [String: String])]

    /// Whether there are none to look into.
    var isEmpty: Bool { tables.isEmpty }

    /// Reads the lists of all files; of an id that is there twice the first name counts.
    ///
    /// A document that is broken is left as it is here; reading its records complains.
    ///
    /// - Parameters:
    ///   - files: The files, the newest first.
    ///   - folder: Where they are.
    ///   - mapping: The mapping of an entity, with its lists of names.
    ///   - others: The patterns of all records of such files.
    ///   - entity: The entity's fields.
    ///   - limits: What archives may not exceed.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    init(
        of files: [ExportFile], in folder: ExportFolder, mapping: EntityMapping,
        records others: [ElementPattern], entity: EntityDefinition, limits: ArchiveLimits
    ) throws {
        let wanted = mapping.nameLists.compactMap { lookup -> NamedElements.Wanted? in
            guard let pattern = ElementPattern(lookup.list) else { return nil }
            return NamedElements.Wanted(pattern: pattern, id: lookup.id, name: lookup.name)
        }
        var names = [[String: String]](repeating: [:], count: wanted.count)
        for file in wanted.isEmpty ? [] : files {
            do {
                var documents = try ExportDocuments(folder.place(of: file.name), limits: limits)
                while try documents.nextDocument() != nil {
                    try Task.checkCancellation()
                    let elements = NamedElements(wanted, until: others)
                    let parser = XMLStreamParser(handler: elements)
                    do {
                        while let piece = try documents.nextPiece() { try parser.feed(piece) }
                        try parser.finish()
                    } catch is NamedElements.EndOfLists {}
                    for (position, found) in elements.names.enumerated() {
                        names[position].merge(found) { first, _ in first }
                    }
                }
            } catch  where error is XMLError || error is ArchiveError || error is FileError {
                continue
            }
        }
        tables = zip(mapping.nameLists, names).compactMap { lookup, names in
            entity.fields.firstIndex { $0.name == lookup.field }.map { ($0, names) }
        }
    }

    /// Puts names in place of ids.
    ///
    /// - Returns: How many ids have no name.
    func apply(to record: inout Record) -> Int {
        var unknown = 0
        for (position, names) in tables {
            guard case .text(let id) = record.fields[position] else { continue }
            if let name = names[id] {
                record.fields[position] = .text(name)
            } else {
                unknown += 1
            }
        }
        return unknown
    }
}

/// Takes ids and names out of the lists of a document, up to the first record.
private final class NamedElements: XMLHandler {
    struct Wanted {
        let pattern: ElementPattern
        let id: String
        let name: String
    }

    struct EndOfLists: Error {}

    private struct Row {
        let wanted: Int
        let depth: Int
        var id: [UInt8] = []
        var name: [UInt8] = []
    }

    /// More names than this no list has; the rest keep their ids.
    private static let longest = 1_000_000

    private(set) var names: [[String: String]]
    private let wanted: [Wanted]
    private let records: [ElementPattern]
    private var open: [OpenElement] = []
    private var rows: [Row] = []

    init(_ wanted: [Wanted], until records: [ElementPattern]) {
        self.wanted = wanted
        self.records = records
        names = Array(repeating: [:], count: wanted.count)
    }

    func startElement(_ name: XMLName, attributes: XMLAttributes) throws {
        var element = OpenElement(name: name)
        for position in 0..<attributes.count {
            element.attributes[attributes.name(at: position).text] = String(
                decoding: attributes.value(at: position), as: UTF8.self)
        }
        open.append(element)
        if records.contains(where: { $0.matches(open) }) { throw EndOfLists() }
        for (position, one) in wanted.enumerated() where one.pattern.matches(open) {
            var row = Row(wanted: position, depth: open.count)
            row.id = Array((element.attributes[one.id] ?? "").utf8)
            row.name = Array((element.attributes[one.name] ?? "").utf8)
            rows.append(row)
        }
    }

    func text(_ piece: Span<UInt8>) throws {
        guard let row = rows.last, row.depth + 1 == open.count, let element = open.last else {
            return
        }
        let one = wanted[row.wanted]
        let isID = element.name.text == one.id
        guard isID || element.name.text == one.name, row.id.count + row.name.count < 10_000 else {
            return
        }
        for index in piece.indices {
            if isID {
                rows[rows.count - 1].id.append(piece[index])
            } else {
                rows[rows.count - 1].name.append(piece[index])
            }
        }
    }

    func endElement(_ name: XMLName) throws {
        if let row = rows.last, row.depth == open.count {
            rows.removeLast()
            let id = TextCleaning.trimmed(String(decoding: row.id, as: UTF8.self))
            let text = TextCleaning.trimmed(String(decoding: row.name, as: UTF8.self))
            if !id.isEmpty, !text.isEmpty, names[row.wanted].count < Self.longest,
                names[row.wanted][id] == nil
            {
                names[row.wanted][id] = text
            }
        }
        _ = open.popLast()
    }
}
