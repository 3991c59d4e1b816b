/// Writes entities as JSON.
struct ODataJSON {
    let set: any ODataSet
    let selection: ODataSelection
    let format: ODataOptions.Format
    /// `http://host/base/odata/standard.odata`.
    let root: String
    let catalogue: Catalogue?
    private let keys: [(key: [UInt8], inner: [[UInt8]])]
    private let properties: [ODataProperty]

    init(
        _ set: any ODataSet, _ selection: ODataSelection, _ format: ODataOptions.Format,
        root: String, _ catalogue: Catalogue?
    ) {
        self.set = set
        self.selection = selection
        self.format = format
        self.root = root
        self.catalogue = catalogue
        properties = set.properties
        keys = selection.columns.map { [properties] column, inner in
            let section = properties[column].sectionColumns ?? []
            return (properties[column].jsonKey, inner.map { section[$0].jsonKey })
        }
    }

    /// A collection.
    func collection(_ rows: ArraySlice<Int32>, count: Int?) -> [UInt8] {
        var writer = ByteWriter(capacity: 256 + rows.count * selection.columns.count * 48)
        writer.byte(UInt8(ascii: "{"))
        context("", to: &writer)
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
        context("/@Element", to: &writer)
        members(row, to: &writer)
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }

    private func context(_ suffix: String, to writer: inout ByteWriter) {
        guard format != .none else { return }
        writer.raw("\"odata.metadata\":")
        writer.string("\(root)/$metadata#\(set.name)\(suffix)")
        writer.byte(UInt8(ascii: ","))
    }

    private func members(_ row: Int, to writer: inout ByteWriter) {
        if format == .full, !set.key.isEmpty { describe(row, to: &writer) }
        for (index, (column, inner)) in selection.columns.enumerated() {
            writer.raw(keys[index].key)
            if properties[column].isSection {
                section(set.rows(ofSection: column, at: row), inner, keys[index].inner, to: &writer)
            } else {
                set.value(column, at: row).write(to: &writer)
            }
            writer.byte(UInt8(ascii: ","))
        }
        for (name, column) in selection.presentations {
            writer.raw(ODataProperty.jsonKey(name))
            writer.string(ODataSelection.presentation(column, of: set, at: row, catalogue))
            writer.byte(UInt8(ascii: ","))
        }
        for (name, column, target) in selection.expanded {
            writer.raw(ODataProperty.jsonKey(name))
            unfold(set.value(column, at: row), target, to: &writer)
            writer.byte(UInt8(ascii: ","))
        }
        if format != .none { links(row, to: &writer) }
        writer.dropLast(UInt8(ascii: ","))
    }

    private func links(_ row: Int, to writer: inout ByteWriter) {
        var path: String?
        for (column, _) in selection.columns {
            guard let navigation = properties[column].navigation,
                set.value(column, at: row).target != nil, !set.key.isEmpty
            else { continue }
            let own = path ?? set.path(at: row)
            path = own
            writer.raw(ODataProperty.jsonKey("\(navigation)@navigationLinkUrl"))
            writer.string("\(own)/\(navigation)")
            writer.byte(UInt8(ascii: ","))
        }
    }

    /// The entity that a reference leads to; null when it leads nowhere.
    private func unfold(
        _ value: ODataValue, _ target: any ODataSet, to writer: inout ByteWriter
    ) {
        guard let key = value.target, let row = target.orders.row(of: key, in: target),
            let all = try? ODataSelection("**", of: target)
        else { return writer.raw("null") }
        let json = ODataJSON(target, all, format == .none ? .none : .minimal, root: root, catalogue)
        writer.byte(UInt8(ascii: "{"))
        json.members(row, to: &writer)
        writer.byte(UInt8(ascii: "}"))
    }

    private func section(
        _ rows: [[ODataValue]], _ columns: [Int], _ keys: [[UInt8]], to writer: inout ByteWriter
    ) {
        writer.byte(UInt8(ascii: "["))
        for (index, row) in rows.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.byte(UInt8(ascii: "{"))
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
        let path = set.path(at: row)
        writer.raw("\"odata.type\":\"StandardODATA.\(set.name)\",\"odata.id\":")
        writer.string("\(root)/\(path)")
        writer.raw(",\"odata.editLink\":")
        writer.string(path)
        writer.byte(UInt8(ascii: ","))
    }
}
