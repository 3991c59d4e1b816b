internal import Collection
public import Records

/// What the columns of a file mean for an entity.
public struct FileColumns: Hashable, Sendable {
    /// A column and what it was taken for.
    public struct Recognised: Hashable, Sendable {
        /// The header as written.
        public var header: String
        /// The field.
        public var field: FieldName
    }

    /// The header of the column with the ids.
    public private(set) var id: String
    /// The columns that give fields, in the order of the file.
    public private(set) var recognised: [Recognised] = []
    /// The headers that mean nothing to the entity.
    public private(set) var ignored: [String] = []
    /// Headers that stand more than once; in a CSV file all of their columns are read.
    public private(set) var repeated: [String] = []

    /// Where the ids stand.
    private(set) var idColumn: Int
    /// The columns of each field, in the order of the definition.
    private(set) var byField: [[Int]]
    private let fieldsByHeader: [String: Int]
    private let names: [FieldName]
    private(set) var count = 0

    /// Recognises columns by their headers, whatever the case of letters.
    ///
    /// - Throws: ``CollectionError`` when there is no id column or no column is recognised.
    init(
        _ headers: [String], entity: EntityDefinition, options: FileOptions, file: String
    ) throws(CollectionError) {
        var fieldsByHeader: [String: Int] = [:]
        for (index, field) in entity.fields.enumerated() {
            for header in field.headers + [field.name.rawValue] {
                let key = Self.key(header)
                if fieldsByHeader[key] == nil { fieldsByHeader[key] = index }
            }
        }
        self.fieldsByHeader = fieldsByHeader
        names = entity.fields.map(\.name)
        byField = Array(repeating: [], count: entity.fields.count)
        idColumn = try Self.idColumn(of: headers, options: options, file: file)
        id = TextCleaning.trimmed(headers[idColumn])
        for header in headers { append(header) }
        guard !recognised.isEmpty else {
            let known = entity.fields.compactMap(\.headers.first).prefix(8).joined(separator: ", ")
            throw CollectionError(
                .misconfigured,
                "\(file): no column is recognised as a field of \(entity.name) (columns: "
                    + "\(Self.list(headers))). Name the columns like \(known), or add your headers "
                    + "to the entity file.")
        }
    }

    /// Adds a column to the right.
    mutating func append(_ header: String) {
        let name = TextCleaning.trimmed(header)
        let key = Self.key(header)
        let column = count
        count += 1
        if let field = fieldsByHeader[key] {
            if recognised.contains(where: { Self.key($0.header) == key }) { repeated.append(name) }
            byField[field].append(column)
            recognised.append(Recognised(header: name, field: names[field]))
        } else if column != idColumn, !name.isEmpty {
            if ignored.contains(name) { repeated.append(name) }
            ignored.append(name)
        }
    }

    private static func idColumn(
        of headers: [String], options: FileOptions, file: String
    ) throws(CollectionError) -> Int {
        let keys = headers.map(key)
        if let wanted = options.idColumn {
            guard let column = keys.firstIndex(of: key(wanted)) else {
                throw CollectionError(
                    .misconfigured,
                    "\(file) has no column '\(wanted)'; its columns: \(list(headers)).")
            }
            return column
        }
        for name in options.idColumns {
            if let column = keys.firstIndex(of: key(name)) { return column }
        }
        throw CollectionError(
            .misconfigured,
            "\(file): none of the columns (\(list(headers))) looks like an id. Name the id column.")
    }

    private static func key(_ header: String) -> String {
        TextCleaning.trimmed(header).lowercased()
    }

    private static func list(_ headers: [String]) -> String {
        let shown = headers.prefix(20).map { String(TextCleaning.trimmed($0).prefix(40)) }
        return shown.joined(separator: ", ") + (headers.count > 20 ? ", …" : "")
    }
}
