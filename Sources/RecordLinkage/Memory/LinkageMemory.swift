/// What a run leaves behind so that a later one, by the same model, matches only what has changed since.
///
/// A value of named pieces of bytes and nothing else, so that it can be written to a file as it is and
/// mapped into memory from there: none of it is read that is not asked for. It holds no record: for
/// each record a hash of its id and one of all it says; how rare values were; the keys of all blocking
/// rules; the candidates; what was decided, by components of evidence.
///
/// It never changes: the next night, and the one after, look at everything that has changed since it was
/// made, until that is so much that a full run makes another one.
public struct LinkageMemory: Sendable {
    /// A piece.
    public struct Section: @unchecked Sendable {
        // Sendable because the bytes never change while the owner lives.
        /// What it is.
        public let name: String
        /// The bytes; they begin where any number may.
        public let bytes: UnsafeRawBufferPointer
        fileprivate let owner: AnyObject

        /// Makes a section.
        ///
        /// - Parameters:
        ///   - name: What it is.
        ///   - bytes: Must begin at a multiple of sixteen, and must not change.
        ///   - owner: Keeps the bytes as long as it lives.
        public init(_ name: String, _ bytes: UnsafeRawBufferPointer, owner: AnyObject) {
            self.name = name
            self.bytes = bytes
            self.owner = owner
        }
    }

    /// The pieces, by name.
    public let sections: [String: Section]

    /// Puts a memory together again.
    public init(_ sections: [Section]) {
        self.sections = Dictionary(sections.map { ($0.name, $0) }) { _, last in last }
    }

    /// The version of what the pieces are; one of another version is no use.
    public static let format = 5
}

/// Why a memory cannot be used; a full run is what to do then.
public enum MemoryRefusal: Error, Hashable, Sendable {
    /// It is of another version, incomplete, or not of this entity.
    case unfitting
    /// So much has changed, in hundredths of a percent, that a full run is no dearer.
    case changedTooMuch(share: Int)
    /// Records fill a field that was empty on a side before, so that the model does not know it.
    case fieldFilled(String)
    /// Two records of a side have the same id.
    case repeatedIDs
    /// A source was written while it was read.
    case sourceChanged
}

extension LinkageMemory {
    /// The elements of a section; none where it is missing.
    func elements<Element: BitwiseCopyable>(
        _ name: String, as type: Element.Type = Element.self
    ) -> Frozen<Element> {
        guard let section = sections[name] else { return Frozen([]) }
        return Frozen(section.bytes.bindMemory(to: Element.self), owner: section.owner)
    }
}

/// Gathers the pieces of a memory.
struct MemoryBuilder {
    private(set) var sections: [LinkageMemory.Section] = []

    mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: Frozen<Element>) {
        sections.append(
            LinkageMemory.Section(
                name, UnsafeRawBufferPointer(elements.all), owner: elements.owner))
    }

    mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
        add(name, Frozen(elements))
    }
}
