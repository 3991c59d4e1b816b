/// What an infobase publishes: the sets, their fields and the virtual tables of registers.
///
/// The document that says so reaches 17 MB with 4 000 sets; what is kept of it is a table of the
/// names, each once, and pairs of numbers, about a tenth of that.
public struct InfobaseMetadata: Sendable {
    /// A field or a tabular section, and its type in OData's words: `Edm.Guid`,
    /// `Collection(StandardODATA.…_RowType)`.
    public struct Property: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The type.
        public var type: String
    }

    struct Field: Sendable {
        var name: UInt32
        var type: UInt32
    }

    struct TypeShape: Sendable {
        var key: [UInt32] = []
        var fields: [Field] = []
    }

    /// Every name and type once.
    var texts: [String] = []
    var types: [String: TypeShape] = [:]
    /// The types of the sets by the sets' names.
    var sets: [String: String] = [:]
    /// The types of the rows of virtual tables, by set and function: `X/Balance`.
    var functions: [String: String] = [:]
    var hash: UInt64 = 0

    /// How many sets are published.
    public var setCount: Int { sets.count }

    /// Sixteen hexadecimal digits that differ when anything published differs, whatever its order.
    public var fingerprint: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// What the rows of a list consist of.
    ///
    /// The virtual tables of a register with recorders belong to its set of flat records: the suffix
    /// `_RecordType` is found where a mapping does not write it.
    ///
    /// - Parameter list: A set, or a virtual table of one: `InformationRegister_X/SliceLast`.
    /// - Returns: `nil` when it is not published.
    public func shape(of list: String) -> ListShape? {
        var list = list
        if functions[list] == nil, let slash = list.firstIndex(of: "/") {
            list = "\(list[..<slash])_RecordType\(list[slash...])"
        }
        guard let type = functions[list] ?? sets[list], let shape = types[type] else { return nil }
        return ListShape(
            list: list, key: shape.key.map { texts[Int($0)] }, properties: properties(of: shape),
            sections: sections(of: shape))
    }

    private func properties(of shape: TypeShape) -> [String: String] {
        Dictionary(
            shape.fields.map { (texts[Int($0.name)], texts[Int($0.type)]) },
            uniquingKeysWith: { first, _ in first })
    }

    private func sections(of shape: TypeShape) -> [String: [String: String]] {
        var sections: [String: [String: String]] = [:]
        for field in shape.fields {
            let type = texts[Int(field.type)]
            guard type.hasPrefix("Collection(") else { continue }
            let row = Self.localName(type.dropFirst("Collection(".count).dropLast())
            sections[texts[Int(field.name)]] = types[row].map(properties) ?? [:]
        }
        return sections
    }

    /// A type's name without the schema before it.
    static func localName(_ type: some StringProtocol) -> String {
        var name = Substring(type)
        if name.hasPrefix("Collection(") { name = name.dropFirst("Collection(".count).dropLast() }
        return name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) }
            ?? String(name)
    }
}

/// What the rows of one list consist of.
public struct ListShape: Sendable {
    /// The list.
    public let list: String
    /// The fields that make up the key; none for the rows of virtual tables.
    public let key: [String]
    /// The types of the fields and sections by name.
    public let properties: [String: String]
    /// The columns of the tabular sections, with their types.
    public let sections: [String: [String: String]]
}
