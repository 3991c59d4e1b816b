internal import Records

/// What is asked of an infobase: a set or a virtual table, all of it or a part.
struct ODataResource: Sendable {
    /// What its rows consist of.
    let shape: ListShape
    /// What a virtual table is told, as literals: `Period` and `datetime'…'`.
    var arguments: [(name: String, literal: String)] = []
    /// Conditions that all have to hold, in OData's words.
    var conditions: [String] = []

    /// The list, for messages.
    var label: String { shape.list }

    /// Whether it is a table that 1C computes.
    var isVirtual: Bool { shape.list.contains("/") }

    /// The parts of the address after the interface's own.
    var path: [String] {
        let parts = shape.list.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return parts }
        let list = arguments.map { "\($0.name)=\($0.literal)" }.joined(separator: ",")
        return [parts[0], "\(parts[1])(\(list))"]
    }

    /// The value of `$filter`; `nil` when all rows are wanted.
    var filter: String? {
        conditions.isEmpty ? nil : conditions.joined(separator: " and ")
    }

    /// The same resource under one more condition.
    func restricted(by condition: String?) -> ODataResource {
        guard let condition else { return self }
        var resource = self
        resource.conditions.append(condition)
        return resource
    }

    /// A text as a literal; 1C doubles quotes.
    static func literal(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }

    /// A text as a literal of a field's type.
    static func literal(_ text: String, type: String) -> String {
        switch type {
        case "Edm.Boolean", "Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Double": text
        case "Edm.Guid": "guid'\(text)'"
        case "Edm.DateTime": "datetime'\(text)'"
        default: literal(text)
        }
    }
}
