/// A member whose name differs from system to system, such as a property that each portal's catalogue
/// numbers for itself: it is found by what people call it.
///
/// Paths begin with ``name`` in its place.
public struct MappingProperty: Hashable, Sendable {
    /// The name under which paths use it.
    public var name: String
    /// Symbolic codes by which it is known, the likeliest first.
    public var codes: [String]
    /// Titles by which it is known where no code fits.
    public var titles: [String]

    /// Makes a property.
    public init(name: String, codes: [String], titles: [String]) {
        self.name = name
        self.codes = codes
        self.titles = titles
    }

    /// Chooses among the properties of a system.
    ///
    /// - Parameter candidates: Code and title of each.
    /// - Returns: The position of the one whose code, or else title, stands first here, whatever the
    ///   case of letters; `nil` when there is none.
    public func choice(among candidates: [(code: String, title: String)]) -> Int? {
        for code in codes {
            if let found = candidates.firstIndex(where: { Self.areSame($0.code, code) }) {
                return found
            }
        }
        for title in titles {
            if let found = candidates.firstIndex(where: { Self.areSame($0.title, title) }) {
                return found
            }
        }
        return nil
    }

    private static func areSame(_ left: String, _ right: String) -> Bool {
        left.lowercased() == right.lowercased()
    }
}
