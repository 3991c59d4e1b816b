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
    var expand: String?
    var hasInlineCount = false
    /// Whether rows that the user may not see are left out instead of being an error.
    var isAllowedOnly = false
    /// Parameters of a virtual table that were given after the question mark.
    var functionArguments: [(name: String, value: String)] = []

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
    ///
    /// - Parameters:
    ///   - query: What follows the question mark, still encoded.
    ///   - accept: The `Accept` header.
    ///   - functionParameters: The parameters of the virtual table that is asked for.
    ///   - ignoresUnknown: Whether unknown names without a dollar are passed over.
    /// - Throws: ``ODataError`` when an option is unknown or has a value that it cannot have.
    init(
        query: String, accept: String, functionParameters: [String] = [],
        ignoresUnknown: Bool = false
    ) throws(ODataError) {
        guard let format = Self.format(query: query, accept: accept) else {
            throw ODataError(400, code: 3, "Тип представления не поддерживается")
        }
        self.format = format
        for (name, value) in Self.pairs(of: query) {
            switch name {
            case "$format": continue
            case "allowedOnly": isAllowedOnly = value == "true"
            case "$top": top = try Self.number(value, name)
            case "$skip": skip = try Self.number(value, name)
            case "$filter": filter = value
            case "$orderby": orderBy = value
            case "$select": select = value
            case "$expand": expand = value
            case "$inlinecount":
                guard value == "allpages" || value == "none" else { throw .unparsable(name) }
                hasInlineCount = value == "allpages"
            case _ where functionParameters.contains(name):
                functionArguments.append((name, value))
            case _ where ignoresUnknown && !name.hasPrefix("$"): continue
            default: throw .unsupportedOption(name)
            }
        }
    }

    private static func number(_ text: String, _ name: String) throws(ODataError) -> Int {
        guard let number = Int(text), number >= 0 else { throw .unparsable(name) }
        return number
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
