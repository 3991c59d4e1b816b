/// The description of an entity type: one line for each property.
struct ColumnList<Record: Sendable>: Sendable {
    /// A property, and how a record says it.
    struct Column: Sendable {
        var property: ODataProperty
        var isKey = false
        var value: @Sendable (Record) -> ODataValue
        /// The rows, of a section.
        var rows: (@Sendable (Record) -> [[ODataValue]])?
    }

    private(set) var columns: [Column] = []
    /// What a person sees of a record.
    var presentation: @Sendable (Record) -> String = { _ in "" }
    /// What records are sorted by where references are; the presentation when there is none.
    var sortKey: (@Sendable (Record) -> String)?

    private let publication: Publication
    private let set: String
    /// Whose rows these are, of a section: the first two columns are its key.
    private var owner: (@Sendable (Record) -> GUID)?

    /// Begins the description of a set.
    init(_ set: String, _ publication: Publication) {
        self.set = set
        self.publication = publication
    }

    private mutating func add(_ column: Column) {
        // A field that an update of the configuration took away is as if it had never been.
        guard !publication.removedFields.contains("\(set).\(column.property.name)") else { return }
        columns.append(column)
    }

    private func target(_ set: String?) -> String? {
        set.flatMap { publication.publishes($0) ? $0 : nil }
    }

    // MARK: Properties

    /// `Ref_Key` and `DataVersion`, with which every object begins.
    mutating func object(
        version: (@Sendable (Record) -> UInt32)? = nil, _ key: @escaping @Sendable (Record) -> GUID
    ) {
        owner = key
        add(Column(property: ODataProperty("Ref_Key", .guid), isKey: true) { .guid(key($0)) })
        string("DataVersion") { Self.dataVersion(version?($0) ?? 1) }
    }

    /// `Predefined` and `PredefinedDataName`.
    mutating func predefined(_ name: @escaping @Sendable (Record) -> String = { _ in "" }) {
        flag("Predefined") { !name($0).isEmpty }
        string("PredefinedDataName", name)
    }

    mutating func string(_ name: String, _ value: @escaping @Sendable (Record) -> String) {
        add(Column(property: ODataProperty(name)) { .string(value($0)) })
    }

    mutating func flag(_ name: String, _ value: @escaping @Sendable (Record) -> Bool) {
        add(Column(property: ODataProperty(name, .boolean)) { .boolean(value($0)) })
    }

    mutating func long(
        _ name: String, isKey: Bool = false, _ value: @escaping @Sendable (Record) -> Int64
    ) {
        add(Column(property: ODataProperty(name, .long), isKey: isKey) { .long(value($0)) })
    }

    mutating func moment(
        _ name: String, isKey: Bool = false, _ value: @escaping @Sendable (Record) -> UInt32
    ) {
        add(Column(property: ODataProperty(name, .moment), isKey: isKey) { .moment(value($0)) })
    }

    mutating func money(_ name: String, _ value: @escaping @Sendable (Record) -> Int64) {
        add(Column(property: ODataProperty(name, .double)) { .money(value($0)) })
    }

    mutating func quantity(_ name: String, _ value: @escaping @Sendable (Record) -> Int64) {
        add(Column(property: ODataProperty(name, .double)) { .quantity(value($0)) })
    }

    /// A property of any kind, where the value decides.
    mutating func any(
        _ name: String, _ kind: ODataProperty.Kind, to set: String? = nil, isKey: Bool = false,
        _ value: @escaping @Sendable (Record) -> ODataValue
    ) {
        let property = ODataProperty(name, kind, to: target(set))
        add(Column(property: property, isKey: isKey, value: value))
    }

    /// A reference: `‹name›_Key`.
    mutating func reference(
        _ name: String, to set: String? = nil, isKey: Bool = false,
        _ value: @escaping @Sendable (Record) -> GUID
    ) {
        any("\(name)_Key", .guid, to: set, isKey: isKey) { .guid(value($0)) }
    }

    /// A field of several types: `‹name›` and `‹name›_Type`.
    mutating func composite(
        _ name: String, isKey: Bool = false,
        _ value: @escaping @Sendable (Record) -> (key: GUID, set: String)?
    ) {
        add(
            Column(property: ODataProperty(name, .composite), isKey: isKey) { record in
                guard let value = value(record), value.key != .zero else {
                    return .reference(.zero, set: nil)
                }
                return .reference(value.key, set: value.set)
            })
        let publication = publication
        add(
            Column(property: ODataProperty("\(name)_Type", .typeName), isKey: isKey) { record in
                guard let value = value(record), value.key != .zero else {
                    return .string("StandardODATA.Undefined")
                }
                return .string(publication.typeName(of: value.set))
            })
    }

    /// Fields that nobody fills, by name: `Name` a text, `Name_Key` a reference, `Name:b` a flag,
    /// `:d` a number, `:s` a short one, `:l` a long one, `:t` a date, `:c` a composite field,
    /// `:r` a section.
    mutating func blank(_ names: String) {
        for word in names.split(whereSeparator: \.isWhitespace) {
            let halves = word.split(separator: ":")
            let name = String(halves[0])
            switch halves.count > 1 ? halves[1] : "" {
            case "b": flag(name) { _ in false }
            case "d": money(name) { _ in 0 }
            case "s": any(name, .short) { _ in .int(0) }
            case "l": long(name) { _ in 0 }
            case "t": moment(name) { _ in 0 }
            case "c": composite(name) { _ in nil }
            case "r": section(name, { _ in [Never]() }, { _ in })
            default:
                if name.hasSuffix("_Key") {
                    any(name, .guid) { _ in .guid(.zero) }
                } else {
                    string(name) { _ in "" }
                }
            }
        }
    }

    /// A tabular section; its rows have the owner's key and a number before all else.
    mutating func section<Row: Sendable>(
        _ name: String, _ rows: @escaping @Sendable (Record) -> [Row],
        _ describe: (inout ColumnList<Row>) -> Void
    ) {
        var inner = ColumnList<Row>("\(set).\(name)", publication)
        describe(&inner)
        let columns = inner.columns
        let owner = owner ?? { _ in .zero }
        let properties =
            [ODataProperty("Ref_Key", .guid), ODataProperty("LineNumber", .long)]
            + columns.map(\.property)
        add(
            Column(property: ODataProperty(name, .section(properties)), value: { _ in .null }) {
                record in
                rows(record).enumerated().map { index, row in
                    [.guid(owner(record)), .long(Int64(index + 1))] + columns.map { $0.value(row) }
                }
            })
    }

    /// Fields that an update of the configuration brought.
    mutating func addNewFields() {
        for field in publication.addedFields.sorted() where field.hasPrefix("\(set).") {
            string(String(field.dropFirst(set.count + 1))) { _ in "" }
        }
    }

    /// Eight bytes that count the writes, in base64.
    private static func dataVersion(_ version: UInt32) -> String {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: version >> UInt32(24 - 8 * $0)) }
        return Base64.encoded(bytes + [0, 0, 0, 0])
    }
}
