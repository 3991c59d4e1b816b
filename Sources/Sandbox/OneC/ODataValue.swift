/// A value of an entity, with the type that decides how each format writes it.
enum ODataValue: Sendable {
    case null
    case string(String)
    case guid(GUID)
    case boolean(Bool)
    /// Int64, which JSON carries as a string.
    case long(Int64)
    /// Moscow's wall clock of an instant; zero is 1C's empty date.
    case moment(UInt32)

    /// The text between quotes, or the bare word.
    var text: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .guid(let guid): guid.text
        case .boolean(let flag): flag ? "true" : "false"
        case .long(let number): String(number)
        case .moment(let seconds):
            seconds == 0 ? "0001-01-01T00:00:00" : Moment.local(Int64(seconds))
        }
    }

    /// Writes the value as JSON.
    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: writer.raw("null")
        case .guid(let guid): writer.guid(guid)
        case .boolean(let flag): writer.raw(flag ? "true" : "false")
        case .string(let text): writer.string(text)
        case .long, .moment: writer.string(text)
        }
    }
}

/// A property of an entity type.
struct ODataProperty: Sendable {
    /// What kind of values it has.
    enum Kind: Sendable {
        case string, guid, boolean, long, moment
        /// A tabular section with rows of its own.
        case section([ODataProperty])

        /// The name in the metadata, for all but sections.
        var edmType: String {
            switch self {
            case .string, .section: "Edm.String"
            case .guid: "Edm.Guid"
            case .boolean: "Edm.Boolean"
            case .long: "Edm.Int64"
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
    var jsonKey: [UInt8] {
        var writer = ByteWriter()
        writer.string(name)
        writer.byte(UInt8(ascii: ":"))
        return writer.bytes
    }

    /// The navigation property of a reference to a published set.
    var navigation: String? {
        target != nil && name.hasSuffix("_Key") ? String(name.dropLast(4)) : nil
    }

    var isSection: Bool {
        if case .section = kind { true } else { false }
    }
}

/// An entity set of the infobase.
///
/// Column 0 is always `Ref_Key`.
protocol ODataSet: AnyObject, Sendable {
    /// `Catalog_Контрагенты`.
    var name: String { get }
    /// The properties in the order in which JSON has them.
    var properties: [ODataProperty] { get }
    var count: Int { get }
    /// A value; sections give null here.
    func value(_ column: Int, at row: Int) -> ODataValue
    /// The rows of a section: for each the values of its properties.
    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]]
    /// What the platform sorts references by.
    func presentation(at row: Int) -> String
    /// Orders that were worked out before.
    var orders: ODataOrders { get }
}

extension ODataSet {
    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]] { [] }

    /// The place of a property.
    func column(named name: some StringProtocol) -> Int? {
        properties.firstIndex { $0.name == name }
    }
}
