/// A property of an entity type.
struct ODataProperty: Sendable {
    /// What kind of values it has.
    enum Kind: Sendable {
        case string, guid, boolean, short, long, double, moment
        /// A field of several types; its set stands in the property `‹name›_Type`.
        case composite
        /// The set that the composite property before it leads to.
        case typeName
        /// A tabular section with rows of its own.
        case section([ODataProperty])

        /// The name in the metadata, for all but sections.
        var edmType: String {
            switch self {
            case .string, .composite, .typeName, .section: "Edm.String"
            case .guid: "Edm.Guid"
            case .boolean: "Edm.Boolean"
            case .short: "Edm.Int16"
            case .long: "Edm.Int64"
            case .double: "Edm.Double"
            case .moment: "Edm.DateTime"
            }
        }
    }

    var name: String
    var kind: Kind
    /// The published set that a reference leads to.
    var target: String?

    init(_ name: String, _ kind: Kind = .string, to target: String? = nil) {
        self.name = name
        self.kind = kind
        self.target = target
    }

    /// `"name":`, ready to be written.
    var jsonKey: [UInt8] { Self.jsonKey(name) }

    /// `"name":`, ready to be written.
    static func jsonKey(_ name: String) -> [UInt8] {
        var writer = ByteWriter()
        writer.string(name)
        writer.byte(UInt8(ascii: ":"))
        return writer.bytes
    }

    /// The navigation property of a reference to a published set.
    var navigation: String? {
        target != nil && name.hasSuffix("_Key") ? String(name.dropLast(4)) : nil
    }

    /// The columns of a section; `nil` of anything else.
    var sectionColumns: [ODataProperty]? {
        if case .section(let columns) = kind { columns } else { nil }
    }

    var isSection: Bool { sectionColumns != nil }

    var isReference: Bool {
        switch kind {
        case .guid, .composite: true
        default: false
        }
    }

    var isTypeName: Bool {
        if case .typeName = kind { true } else { false }
    }
}
