/// How elements are written.
extension CommerceMLExport {
    private mutating func open(_ name: String, _ attributes: [(String, String)]) {
        for _ in 0..<depth { writer.byte(UInt8(ascii: "\t")) }
        writer.raw("<\(name)")
        for (name, value) in attributes {
            writer.raw(" \(name)=\"")
            // Nothing that is written as an attribute holds a quotation mark.
            writer.xml(value)
            writer.raw("\"")
        }
        writer.raw(">")
    }

    mutating func element(
        _ name: String, _ attributes: [(String, String)] = [],
        _ content: (inout CommerceMLExport) -> Void
    ) {
        open(name, attributes)
        writer.raw("\n")
        depth += 1
        content(&self)
        depth -= 1
        for _ in 0..<depth { writer.byte(UInt8(ascii: "\t")) }
        writer.raw("</\(name)>\n")
    }

    mutating func text(
        _ name: String, _ value: String, _ attributes: [(String, String)] = []
    ) {
        open(name, attributes)
        writer.xml(value)
        writer.raw("</\(name)>\n")
    }
}
