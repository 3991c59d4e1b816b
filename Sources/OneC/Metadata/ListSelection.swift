internal import Records

/// What of a mapping one list of an infobase can give: the value of `$select`, and the key.
struct ListSelection: Sendable {
    /// The value of `$select`.
    let select: String
    /// The fields by which rows are told apart and pages are ordered.
    let key: [String]
    /// The value of `$select` when nothing but the key is wanted.
    var keySelect: String { key.isEmpty ? select : key.joined(separator: ",") }
    /// Web servers before 1C refuse queries of more than 2 048 bytes; the other options need room.
    private static let longestSelect = 1_600

    /// Compares what is read with what is published.
    ///
    /// - Parameters:
    ///   - selection: The names that are read in a row.
    ///   - id: The names that tell rows apart where the list has no key of its own.
    ///   - shape: What is published.
    init(_ selection: MappingSelection, id: [String], shape: ListShape) {
        var (short, whole): ([String], [String]) = ([], [])
        for name in selection.names where shape.properties[name] != nil {
            whole.append(name)
            let inner = selection[name].names
            if let columns = shape.sections[name], !inner.isEmpty {
                short += inner.filter { columns[$0] != nil }.map { name + "/" + $0 }
            } else {
                short.append(name)
            }
        }
        // The rows of a virtual table are told apart by what they are grouped by.
        let isVirtual = shape.list.contains("/")
        let known = id.filter { shape.properties[$0] != nil }
        key = isVirtual || shape.key.isEmpty ? known : shape.key
        for name in key where !whole.contains(name) {
            short.append(name)
            whole.append(name)
        }
        select =
            [short, whole].map { $0.joined(separator: ",") }.first(where: Self.isShort) ?? "*"
    }

    private static func isShort(_ select: String) -> Bool {
        InfobaseAddress.encoded(select).utf8.count <= longestSelect
    }
}
