/// Writes entities as Atom, the format of those who ask for none.
struct ODataAtom {
    let set: any ODataSet
    let selection: ODataSelection
    let root: String
    /// The time of the answer, as 1C writes it.
    let updated: String
    let catalogue: Catalogue?

    private static let namespaces =
        "xmlns=\"http://www.w3.org/2005/Atom\""
        + " xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""
        + " xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\""
        + " xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\""
    private static let scheme = "http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"
    private static let related = "http://schemas.microsoft.com/ado/2007/08/dataservices/related/"

    /// A feed.
    func collection(_ rows: ArraySlice<Int32>, count: Int?) -> [UInt8] {
        var writer = ByteWriter(capacity: 1024 + rows.count * 4096)
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n")
        writer.raw("<feed \(Self.namespaces) xml:base=\"\(root)/\">\r\n")
        for row in rows { entry(Int(row), attributes: "", to: &writer) }
        if let count { writer.raw("\t<m:count>\(count)</m:count>\r\n") }
        writer.raw("</feed>")
        return writer.bytes
    }

    /// One entry.
    func entity(_ row: Int) -> [UInt8] {
        var writer = ByteWriter(capacity: 8192)
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n")
        entry(row, attributes: " \(Self.namespaces) xml:base=\"\(root)/\"", to: &writer)
        return writer.bytes
    }

    private func entry(_ row: Int, attributes: String, to writer: inout ByteWriter) {
        let path = set.key.isEmpty ? "" : set.path(at: row)
        writer.raw("\t<entry\(attributes)>\r\n\t\t<id>")
        writer.xml("\(root)/\(path)")
        writer.raw("</id>\r\n\t\t<category term=\"StandardODATA.\(set.name)\" ")
        writer.raw("scheme=\"\(Self.scheme)\"/>\r\n")
        writer.raw("\t\t<title type=\"text\"/>\r\n\t\t<updated>\(updated)</updated>\r\n")
        writer.raw("\t\t<author/>\r\n\t\t<summary/>\r\n")
        for (column, _) in selection.columns {
            guard let navigation = set.properties[column].navigation,
                set.value(column, at: row).target != nil
            else { continue }
            link(navigation, column, path: path, at: row, to: &writer)
        }
        writer.raw("\t\t<link rel=\"edit\" href=\"")
        writer.xml(path)
        writer.raw("\" title=\"edit-link\"/>\r\n")
        writer.raw("\t\t<content type=\"application/xml\"><m:properties>\r\n")
        for (column, inner) in selection.columns {
            let property = set.properties[column]
            if let columns = property.sectionColumns {
                section(column, columns, inner, at: row, to: &writer)
            } else {
                element(property.name, set.value(column, at: row), to: &writer)
            }
        }
        for (name, column) in selection.presentations {
            let text = ODataSelection.presentation(column, of: set, at: row, catalogue)
            element(name, .string(text), to: &writer)
        }
        writer.raw("\t\t</m:properties></content>\r\n\t</entry>\r\n")
    }

    /// A reference's link, with the entity inside where it is unfolded.
    private func link(
        _ navigation: String, _ column: Int, path: String, at row: Int, to writer: inout ByteWriter
    ) {
        writer.raw("\t\t<link rel=\"\(Self.related)\(navigation)\" href=\"")
        writer.xml("\(path)/\(navigation)")
        writer.raw("\" type=\"application/atom+xml;type=entry;charset=utf-8\" ")
        writer.raw("title=\"\(navigation)\"")
        guard let expanded = selection.expanded.first(where: { $0.column == column }),
            let key = set.value(column, at: row).target,
            let place = expanded.target.orders.row(of: key, in: expanded.target),
            let all = try? ODataSelection("**", of: expanded.target)
        else { return writer.raw("/>\r\n") }
        writer.raw("><m:inline>\r\n")
        ODataAtom(
            set: expanded.target, selection: all, root: root, updated: updated,
            catalogue: catalogue
        ).entry(place, attributes: "", to: &writer)
        writer.raw("</m:inline></link>\r\n")
    }

    private func section(
        _ column: Int, _ columns: [ODataProperty], _ inner: [Int], at row: Int,
        to writer: inout ByteWriter
    ) {
        let name = set.properties[column].name
        let type = "StandardODATA.\(set.rowTypeName(of: column))"
        let rows = set.rows(ofSection: column, at: row)
        writer.raw("\t<d:\(name) m:type=\"Collection(\(type))\"")
        guard !rows.isEmpty else { return writer.raw("/>\r\n") }
        writer.raw(">\r\n")
        for values in rows {
            writer.raw("\t<d:element m:type=\"\(type)\">\r\n")
            // Rows have their number here, but not their owner.
            for place in inner where columns[place].name != "Ref_Key" {
                element(columns[place].name, values[place], to: &writer)
            }
            writer.raw("\t</d:element>\r\n")
        }
        writer.raw("\t</d:\(name)>\r\n")
    }

    private func element(_ name: String, _ value: ODataValue, to writer: inout ByteWriter) {
        if case .null = value { return writer.raw("\t<d:\(name) m:null=\"true\"/>\r\n") }
        let text = value.text
        guard !text.isEmpty else { return writer.raw("\t<d:\(name)/>\r\n") }
        writer.raw("\t<d:\(name)>")
        writer.xml(text)
        writer.raw("</d:\(name)>\r\n")
    }
}
