internal import Records

/// Reads how a hand-written service hands out a list in parts.
///
///     paging: {rows: data, total: total, page: page, first: 1, size: limit, length: 500}
enum PagingSection {
    static func paging(from node: YAMLNode) throws(DefinitionError) -> MappingPaging {
        try node.allow(keys: [
            "rows", "total", "page", "first", "offset", "next", "mark", "size", "length",
        ])
        let reader = MappingExpressionReader(names: [:])
        let ways = ["page", "offset", "next"]
        let given = try node.pairs().map(\.key.value).filter(ways.contains)
        guard given.count <= 1 else {
            throw node.error("at most one of these: \(ways.joined(separator: ", "))")
        }
        let advance: MappingPaging.Advance
        switch given.first {
        case "page":
            advance = .page(
                parameter: try node.required("page").text(),
                first: try node.optional("first")?.integer() ?? 1)
        case "offset": advance = .offset(parameter: try node.required("offset").text())
        case "next":
            advance = .next(
                try reader.path(node.required("next")),
                parameter: try node.optional("mark")?.text())
        default: advance = .none
        }
        let length = try node.optional("length")?.integer()
        if let length, length < 1 { throw node.error("'length' must be at least 1") }
        return MappingPaging(
            advance: advance, rows: try node.optional("rows").map(reader.path),
            total: try node.optional("total").map(reader.path),
            sizeParameter: try node.optional("size")?.text(), size: length)
    }
}
