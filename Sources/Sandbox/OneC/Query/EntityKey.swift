/// What stands in brackets after the name of a set: a key, or the arguments of a virtual table.
struct EntityKey {
    /// Names and literals; a key without a name has an empty one.
    var parts: [(name: String, literal: String)]

    /// Reads `(guid'…')`, `(Period=datetime'…',Валюта_Key=guid'…')`; `nil` when it is neither.
    init?(_ text: some StringProtocol) {
        guard text.hasPrefix("("), text.hasSuffix(")") else { return nil }
        parts = []
        var isQuoted = false
        var current = ""
        for character in text.dropFirst().dropLast() {
            if character == "'" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                parts.append(Self.part(current))
                current = ""
            } else {
                current.append(character)
            }
        }
        guard !isQuoted else { return nil }
        if !current.isEmpty { parts.append(Self.part(current)) }
    }

    private static func part(_ text: String) -> (name: String, literal: String) {
        // A name comes before the first quote, if at all.
        let head = text.prefix { $0 != "'" }
        guard let equals = head.firstIndex(of: "=") else { return ("", trimmed(text[...])) }
        return (
            trimmed(text[..<equals]), trimmed(text[text.index(after: equals)...])
        )
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// The value of a literal as text: `guid'…'`, `datetime'…'`, `'…'` or a bare word.
    static func value(of literal: String) -> String? {
        guard literal.hasSuffix("'") else { return literal }
        var rest = literal.unicodeScalars[...]
        for kind in ["guid", "datetime", "cast"] where literal.hasPrefix("\(kind)'") {
            rest = rest.dropFirst(kind.count)
        }
        guard rest.first == "'" else { return nil }
        let value = FilterToken.quoted(&rest)
        return rest.isEmpty ? value : nil
    }

    /// Finds the entity.
    func row(in set: any ODataSet) throws(ODataError) -> Int {
        let keyNames = set.key.map { set.properties[$0].name }
        let isReference = set.key == [0] && set.properties[0].isReference
        if isReference, parts.count == 1,
            parts[0].name.isEmpty || parts[0].name == keyNames[0]
        {
            guard parts[0].literal.hasPrefix("guid'"),
                let guid = Self.value(of: parts[0].literal).flatMap({ GUID($0) })
            else { throw .unreadable }
            guard let row = set.orders.row(of: guid, in: set) else { throw .unknownKey }
            return row
        }
        var wanted: [(column: Int, text: String)] = []
        for (column, name) in zip(set.key, keyNames) {
            guard let part = parts.first(where: { $0.name == name }) else {
                throw ODataError(400, code: 7, "Не указана часть ключа \(name)")
            }
            guard let text = Self.value(of: part.literal) else { throw .unreadable }
            wanted.append((column, text.lowercased()))
        }
        let found = (0..<set.count).first { row in
            wanted.allSatisfy { set.value($0.column, at: row).text.lowercased() == $0.text }
        }
        guard let found else { throw .unknownKey }
        return found
    }
}

/// What a virtual table is asked for.
struct VirtualArguments {
    /// The moment, as text; empty for none.
    var period = ""
    var startPeriod = ""
    var endPeriod = ""
    /// Rows of the register that are looked at.
    var condition: String?
    var accountCondition: String?
    /// Dimensions that are shown; `nil` for all.
    var dimensions: [String]?
    /// Where references lead to.
    let catalogue: Catalogue
    /// All of it, as the name under which the answer is kept.
    private(set) var signature = ""

    /// Reads the arguments of a function.
    init(
        _ parts: [(name: String, literal: String)], of function: any VirtualTable,
        _ catalogue: Catalogue
    ) throws(ODataError) {
        self.catalogue = catalogue
        for (name, literal) in parts {
            guard function.parameters.contains(where: { $0.name == name }) else {
                throw ODataError(400, code: 12, "Неизвестный параметр \(name)")
            }
            guard let value = EntityKey.value(of: literal) else { throw .unreadable }
            if name.hasSuffix("Period"), WallClock(value) == nil { throw .unreadable }
            switch name {
            case "Period": period = value
            case "StartPeriod": startPeriod = value
            case "EndPeriod": endPeriod = value
            case "Condition": condition = value
            case "AccountCondition": accountCondition = value
            default:
                dimensions = value.split(separator: ",").map {
                    String($0.drop { $0 == " " })
                }
            }
            signature += "\(name)=\(literal)\u{0}"
        }
    }
}
