internal import Archives
public import Collection
public import Foundation
public import Records
internal import XMLStream

/// Which kinds of records the exported files of a folder hold, by the mappings that might read them.
///
/// It is for proposing, not for certifying: only the beginning of each document is read, and one that
/// is broken counts for what was seen of it.
public struct ExportSurvey {
    /// How much of a document is read: more than the groups and lists that stand before its records.
    private static let byteCountMax = 4 << 20
    /// How many documents are opened; the parts of one export are alike.
    private static let documentCountMax = 40

    private let folder: ExportFolder

    /// Names a folder; nothing is read yet.
    public init(folder: URL) {
        self.folder = ExportFolder(url: folder, endings: ["xml", "zip"])
    }

    /// Looks for records.
    ///
    /// - Parameter mappings: The mappings that might read the files.
    /// - Returns: For each of them, in their order, the entities of which records were seen.
    /// - Throws: ``CollectionError`` when the folder cannot be read.
    public func entities(
        of mappings: [MappingDefinition]
    ) throws(CollectionError) -> [Set<EntityName>] {
        let places = RecordPlaces(mappings)
        var documentCount = 0
        for file in try folder.files() {
            guard
                var documents = try? ExportDocuments(
                    folder.place(of: file.name), limits: ArchiveLimits())
            else { continue }
            while documentCount < Self.documentCountMax, !places.areAllFound,
                (try? documents.nextDocument()).flatMap({ $0 }) != nil
            {
                documentCount += 1
                look(into: &documents, for: places)
            }
        }
        return places.found
    }

    private func look(into documents: inout ExportDocuments, for places: RecordPlaces) {
        places.begin()
        let parser = XMLStreamParser(handler: places)
        var byteCount = 0
        // What is broken is complained of when it is read.
        do {
            while byteCount < Self.byteCountMax, let piece = try documents.nextPiece() {
                try parser.feed(piece)
                byteCount += piece.count
            }
            // The beginning of a document waits until its encoding is certain, a short one till its end.
            try parser.finish()
        } catch {}
    }
}

/// Looks for the elements that are records.
private final class RecordPlaces: XMLHandler {
    private struct EndOfSurvey: Error {}
    private struct Place {
        let mapping: Int
        let entity: EntityName
        let pattern: ElementPattern
    }

    private(set) var found: [Set<EntityName>]
    /// The places that were not found yet.
    private var sought: [Place]
    private let attributes: Set<String>
    private var open: [OpenElement] = []

    init(_ mappings: [MappingDefinition]) {
        found = Array(repeating: [], count: mappings.count)
        sought = mappings.enumerated().flatMap { index, mapping in
            mapping.entities.compactMap { section in
                ElementPattern(section.list).map {
                    Place(mapping: index, entity: section.entity, pattern: $0)
                }
            }
        }
        attributes = Set(sought.flatMap(\.pattern.attributes))
    }

    /// Whether there is nothing left to look for.
    var areAllFound: Bool { sought.isEmpty }

    /// Begins a document.
    func begin() { open = [] }

    func startElement(_ name: XMLName, attributes: XMLAttributes) throws {
        var element = OpenElement(name: name)
        for position in 0..<attributes.count {
            let attribute = attributes.name(at: position).text
            guard self.attributes.contains(attribute) else { continue }
            element.attributes[attribute] = String(
                decoding: attributes.value(at: position), as: UTF8.self)
        }
        open.append(element)
        sought.removeAll { place in
            guard place.pattern.matches(open) else { return false }
            found[place.mapping].insert(place.entity)
            return true
        }
        if sought.isEmpty { throw EndOfSurvey() }
    }

    func text(_ piece: Span<UInt8>) throws {}

    func endElement(_ name: XMLName) throws { _ = open.popLast() }
}
