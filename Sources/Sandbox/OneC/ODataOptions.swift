/// The query options of a request.
struct ODataOptions {
    /// How much JSON says about itself, or that it is not JSON.
    enum Format {
        case atom, minimal, none, full

        var isJSON: Bool { self != .atom }
    }

    var format = Format.atom
    var top: Int?
    var skip = 0
    var filter: String?
    var orderBy: String?
    var select: String?
    var hasInlineCount = false

    /// Works out the format alone: errors need it even when the other options are wrong.
    static func format(query: String, accept: String) -> Format? {
        let pairs = pairs(of: query)
        let wish = pairs.first { $0.0 == "$format" }?.1 ?? accept
        let words = wish.lowercased().filter { $0 != " " }
        if words.contains("json") {
            if words.contains("odata=nometadata") { return Format.none }
            return words.contains("odata=fullmetadata") ? .full : .minimal
        }
        if words.isEmpty || words.contains("*/*") || words.contains("atom") || words.contains("xml")
            || !pairs.contains(where: { $0.0 == "$format" })
        {
            return .atom
        }
        return nil
    }

    /// Reads the options.
    init(query: String, accept: String) throws(ODataError) {
        guard let format = Self.format(query: query, accept: accept) else {
            throw ODataError(400, code: 3, "Тип представления не поддерживается")
        }
        self.format = format
        for (name, value) in Self.pairs(of: query) {
            switch name {
            case "$format", "allowedOnly": continue
            case "$top":
                guard let number = Int(value), number >= 0 else { throw .unparsable(name) }
                top = number
            case "$skip":
                guard let number = Int(value), number >= 0 else { throw .unparsable(name) }
                skip = number
            case "$filter": filter = value
            case "$orderby": orderBy = value
            case "$select": select = value
            case "$inlinecount":
                guard value == "allpages" || value == "none" else { throw .unparsable(name) }
                hasInlineCount = value == "allpages"
            default: throw .unsupportedOption(name)
            }
        }
    }

    /// Names and values; a plus is a plus here, not a space.
    private static func pairs(of query: String) -> [(String, String)] {
        query.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                FormDecoding.percentDecoded(halves[0], plusIsSpace: false),
                halves.count > 1 ? FormDecoding.percentDecoded(halves[1], plusIsSpace: false) : ""
            )
        }
    }
}

/// Which properties an answer shows.
struct ODataSelection {
    /// A property, and of a section the columns that are shown.
    var columns: [(column: Int, sectionColumns: [Int])] = []

    /// Reads `$select`: names, `*`, `**` (all but sections), `Секция/Колонка`.
    init(_ select: String?, of set: any ODataSet) throws(ODataError) {
        let properties = set.properties
        var chosen: [Int: Set<Int>] = [:]
        func choose(_ column: Int) {
            if case .section(let inner) = properties[column].kind {
                chosen[column] = Set(inner.indices)
            } else {
                chosen[column] = []
            }
        }
        for part in (select ?? "*").split(separator: ",") {
            let name = String(part.drop { $0 == " " })
            if name == "*" || name == "**" {
                for column in properties.indices where name == "*" || !properties[column].isSection
                {
                    choose(column)
                }
                continue
            }
            let path = name.split(separator: "/", maxSplits: 1)
            guard let head = path.first, let column = set.column(named: head) else {
                throw .unknownProperty(name, option: "$select")
            }
            guard path.count == 2 else {
                choose(column)
                continue
            }
            guard case .section(let inner) = properties[column].kind,
                let innerColumn = inner.firstIndex(where: { $0.name == path[1] })
            else { throw .unknownProperty(name, option: "$select") }
            chosen[column, default: []].insert(innerColumn)
        }
        columns = chosen.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }
}
