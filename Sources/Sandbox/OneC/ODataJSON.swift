/// Writes entities as JSON.
struct ODataJSON {
    let set: any ODataSet
    let selection: ODataSelection
    let format: ODataOptions.Format
    /// `http://host/base/odata/standard.odata`.
    let root: String
    private let keys: [(key: [UInt8], inner: [[UInt8]])]
    private let properties: [ODataProperty]

    init(
        _ set: any ODataSet, _ selection: ODataSelection, _ format: ODataOptions.Format,
        root: String
    ) {
        self.set = set
        self.selection = selection
        self.format = format
        self.root = root
        properties = set.properties
        keys = selection.columns.map { [properties] column, inner in
            guard case .section(let section) = properties[column].kind else {
                return (properties[column].jsonKey, [])
            }
            return (properties[column].jsonKey, inner.map { section[$0].jsonKey })
        }
    }

    /// A collection.
    func collection(_ rows: ArraySlice<Int32>, count: Int?) -> [UInt8] {
        var writer = ByteWriter(capacity: 256 + rows.count * selection.columns.count * 48)
        writer.byte(UInt8(ascii: "{"))
        if format != .none {
            writer.raw("\"odata.metadata\":")
            writer.string("\(root)/$metadata#\(set.name)")
            writer.byte(UInt8(ascii: ","))
        }
        if let count { writer.raw("\"odata.count\":\"\(count)\",") }
        writer.raw("\"value\":[")
        for (index, row) in rows.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.byte(UInt8(ascii: "{"))
            members(Int(row), to: &writer)
            writer.byte(UInt8(ascii: "}"))
        }
        writer.raw("]}")
        return writer.bytes
    }

    /// One entity.
    func entity(_ row: Int) -> [UInt8] {
        var writer = ByteWriter(capacity: 4096)
        writer.byte(UInt8(ascii: "{"))
        if format != .none {
            writer.raw("\"odata.metadata\":")
            writer.string("\(root)/$metadata#\(set.name)/@Element")
            writer.byte(UInt8(ascii: ","))
        }
        members(row, to: &writer)
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }

    private func members(_ row: Int, to writer: inout ByteWriter) {
        if format == .full { describe(row, to: &writer) }
        for (index, (column, inner)) in selection.columns.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.raw(keys[index].key)
            if properties[column].isSection {
                section(set.rows(ofSection: column, at: row), inner, keys[index].inner, to: &writer)
            } else {
                set.value(column, at: row).write(to: &writer)
            }
        }
        guard format != .none else { return }
        for (column, _) in selection.columns {
            guard let navigation = properties[column].navigation,
                case .guid(let target) = set.value(column, at: row), target != .zero
            else { continue }
            writer.raw(",\"\(navigation)@navigationLinkUrl\":")
            writer.string("\(path(of: row))/\(navigation)")
        }
    }

    private func section(
        _ rows: [[ODataValue]], _ columns: [Int], _ keys: [[UInt8]], to writer: inout ByteWriter
    ) {
        writer.byte(UInt8(ascii: "["))
        for (index, row) in rows.enumerated() {
            writer.byte(index > 0 ? UInt8(ascii: ",") : UInt8(ascii: "{"))
            if index > 0 { writer.byte(UInt8(ascii: "{")) }
            for (place, column) in columns.enumerated() {
                if place > 0 { writer.byte(UInt8(ascii: ",")) }
                writer.raw(keys[place])
                row[column].write(to: &writer)
            }
            writer.byte(UInt8(ascii: "}"))
        }
        writer.byte(UInt8(ascii: "]"))
    }

    private func describe(_ row: Int, to writer: inout ByteWriter) {
        writer.raw("\"odata.type\":\"StandardODATA.\(set.name)\",\"odata.id\":")
        writer.string("\(root)/\(path(of: row))")
        writer.raw(",\"odata.editLink\":")
        writer.string(path(of: row))
        writer.byte(UInt8(ascii: ","))
    }

    private func path(of row: Int) -> String {
        "\(set.name)(guid'\(set.value(0, at: row).text)')"
    }
}
