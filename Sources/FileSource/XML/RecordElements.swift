internal import Collection
internal import Records
internal import XMLStream

/// Picks the record elements out of a document, and those that say of a record that it is gone, and
/// gives each as a payload.
final class RecordElements: XMLHandler {
    /// What an element is.
    enum Kind {
        /// A record.
        case record
        /// A record's deletion.
        case deletion
    }

    /// What a document said of its records.
    struct Summary: Sendable {
        /// Elements that are records.
        var recordCount = 0
        /// Whether the element that holds records was there, maybe empty; the root counts where
        /// it holds records or nothing at all.
        var hasContainer = false
        /// Whether it said of some of its records that they are changes only.
        var hasChanges = false
        /// Texts of which the rest was left out.
        var cutCount = 0
    }

    private(set) var summary = Summary()
    private let pattern: ElementPattern
    private let deletions: ElementPattern?
    private let changes: ChangesMark?
    private let watched: Set<String>
    private let take: (JSONValue, Kind) throws -> Void
    private var open: [OpenElement] = []
    private var payload = ElementPayload()
    /// The depth of the element that is being gathered, and what that is.
    private var depthInside = 0
    private var kind = Kind.record
    /// Something outside the records is marked as changes, for records whose container is silent.
    private var hasMarkElsewhere = false
    private var hasSilentRecords = false
    /// Whether the root could hold records, and nothing was in it yet.
    private var isRootBare = false

    /// Begins a document.
    ///
    /// - Parameters:
    ///   - pattern: Which elements are records.
    ///   - deletions: Which elements say that a record is gone; `nil` where none does.
    ///   - changes: How changes are marked.
    ///   - take: Takes the payload of each record and deletion.
    init(
        _ pattern: ElementPattern, deletions: ElementPattern? = nil, changes: ChangesMark?,
        take: @escaping (JSONValue, Kind) throws -> Void
    ) {
        self.pattern = pattern
        self.deletions = deletions
        self.changes = changes
        self.take = take
        var watched = pattern.attributes.union(deletions?.attributes ?? [])
        if case .member(let name, _) = changes { watched.insert(name) }
        self.watched = watched
    }

    func startElement(_ name: XMLName, attributes: XMLAttributes) throws {
        if depthInside > 0 {
            depthInside += 1
            payload.start(name, attributes)
            return
        }
        var element = OpenElement(name: name)
        for position in 0..<attributes.count {
            let attribute = attributes.name(at: position).text
            guard watched.contains(attribute) else { continue }
            element.attributes[attribute] = String(
                decoding: attributes.value(at: position), as: UTF8.self)
        }
        element.isOfChanges = isOfChanges(element)
        if element.isOfChanges == true { hasMarkElsewhere = true }
        open.append(element)
        if open.count == 2 { isRootBare = false }
        if let found = meaning(of: open) {
            summary.hasContainer = true
            depthInside = 1
            kind = found
            payload.start(name, attributes)
        } else if pattern.holds(open) {
            // Every document of a format has its root, whatever else it is of.
            guard open.count > 1 else { return isRootBare = true }
            foundContainer()
        }
    }

    func text(_ piece: Span<UInt8>) throws {
        guard depthInside > 0 else { return }
        payload.text(piece)
        try checkSize()
    }

    func endElement(_ name: XMLName) throws {
        guard depthInside > 0 else {
            if open.count == 1, isRootBare { foundContainer() }
            _ = open.popLast()
            return
        }
        payload.end()
        depthInside -= 1
        guard depthInside == 0 else { return try checkSize() }
        noteChanges()
        _ = open.popLast()
        if kind == .record { summary.recordCount += 1 }
        summary.cutCount += payload.cutCount
        do {
            try take(JSONDocument(parsing: payload.takeJSON(), depthLimit: 512).root, kind)
        } catch let error as JSONError {
            preconditionFailure("a payload is JSON: \(error)")
        }
    }

    /// What the document said, once it has ended.
    func finish() -> Summary {
        if changes == .always { summary.hasChanges = true }
        // УТ 11 puts the mark on the classifier alone.
        if case .member = changes, hasSilentRecords, hasMarkElsewhere { summary.hasChanges = true }
        return summary
    }

    private func foundContainer() {
        summary.hasContainer = true
        noteChanges()
    }

    /// What the innermost of the open elements is; `nil` where it is neither.
    private func meaning(of open: [OpenElement]) -> Kind? {
        if pattern.matches(open) { return .record }
        return deletions?.matches(open) == true ? .deletion : nil
    }

    private func checkSize() throws {
        guard payload.byteCount <= ElementPayload.largestByteCount else {
            throw CollectionError(
                .malformed,
                "an element of over \(ElementPayload.largestByteCount >> 20) MB is not a record; "
                    + "the mapping's 'list' seems to name what is around the records")
        }
    }

    /// The nearest element around the records that says anything of changes decides.
    private func noteChanges() {
        for element in open.reversed() {
            guard let isOfChanges = element.isOfChanges else { continue }
            if isOfChanges { summary.hasChanges = true }
            return
        }
        hasSilentRecords = true
    }

    private func isOfChanges(_ element: OpenElement) -> Bool? {
        switch changes {
        case .member(let name, let values):
            guard let text = element.attributes[name]?.lowercased() else { return nil }
            return values.contains { $0.lowercased() == text }
        case .inside(let names): return names.contains(element.name.text) ? true : nil
        case .always, nil: return nil
        }
    }
}
