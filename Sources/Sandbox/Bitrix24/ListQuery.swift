/// What a list method was asked for.
struct ListQuery {
    /// A condition of the filter.
    struct Condition {
        enum Comparison {
            case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
            case contains, notContains, like, notLike
        }

        var column: Int
        var comparison: Comparison
        /// One value, or several of which one must fit.
        var values: [String]
        /// The values as numbers, for a column of integers.
        var numbers: [Int64]?
    }

    var conditions: [Condition] = []
    var order: [(column: Int, isDescending: Bool)] = []
    var columns: [Int] = []
    /// Negative: one page, nothing counted.
    var start = 0

    /// Reads the parameters of a list method; their names may be in either case.
    init(_ parameters: Parameter, table: some PortalTable) throws(PortalError) {
        for name in ["order", "filter"] {
            if let value = parameters[anyCase: name], !value.isArray, value.text != "" {
                if case .null = value { continue }
                throw .business("Parameter '\(name)' must be array.")
            }
        }
        for (key, value) in parameters[anyCase: "filter"]?.entries ?? [] {
            if let condition = try Self.condition(key, value, table) {
                conditions.append(condition)
            }
        }
        for (key, value) in parameters[anyCase: "order"]?.entries ?? [] {
            guard let column = table.column(named: key) else {
                if table.idColumn == nil, key.lowercased() == "id" {
                    throw .business(
                        "Unknown field definition `\(key)` (\(key)) for "
                            + "\\Bitrix\\Crm\\AddressTable Entity.")
                }
                continue
            }
            order.append((column, value.text?.lowercased().hasPrefix("desc") ?? false))
        }
        columns = Self.selection(parameters[anyCase: "select"], table)
        start = Int(parameters[anyCase: "start"]?.integer ?? 0)
    }

    private static func selection(_ select: Parameter?, _ table: some PortalTable) -> [Int] {
        var names = select?.entries.compactMap(\.value.text) ?? []
        if let name = select?.text, !name.isEmpty { names = [name] }
        let all = table.columns.indices.filter { !table.columns[$0].isMultiple }
        guard !names.isEmpty else { return all }
        var chosen = Set<Int>()
        for name in names {
            switch name {
            case "*":
                chosen.formUnion(all.filter { !table.columns[$0].name.hasPrefix("UF_") })
                // The newer methods give the multi-fields only with the star.
                chosen.formUnion(table.columns.indices.filter { table.columns[$0].name == "fm" })
            case "UF_*":
                chosen.formUnion(all.filter { table.columns[$0].name.hasPrefix("UF_") })
            case "fm": continue
            default:
                if let column = table.column(named: name) { chosen.insert(column) }
            }
        }
        return chosen.sorted()
    }

    /// Prefixes, the longer ones first.
    private static let prefixes: [(String, Condition.Comparison)] = [
        ("!=%", .notLike), ("!%=", .notLike), (">=", .greaterOrEqual), ("<=", .lessOrEqual),
        ("!@", .notEqual), ("!%", .notContains), ("!=", .notEqual), ("=%", .like), ("%=", .like),
        ("@", .equal), ("%", .contains), ("=", .equal), ("!", .notEqual), (">", .greater),
        ("<", .less),
    ]

    private static func condition(
        _ key: String, _ value: Parameter, _ table: some PortalTable
    ) throws(PortalError) -> Condition? {
        let prefix = prefixes.first { key.hasPrefix($0.0) }
        let name = String(key.dropFirst(prefix?.0.count ?? 0))
        guard let column = table.column(named: name) else {
            // The trap of the older methods: a wrong name filters nothing, and nobody is told.
            guard table.refusesUnknownFilter else { return nil }
            throw PortalError(
                status: 400, code: .text("INVALID_ARG_VALUE"),
                description: "Invalid filter: field '\(name)' is not allowed in filter")
        }
        var values = value.entries.map { $0.value.text ?? "" }
        if !value.isArray { values = [value.text ?? ""] }
        let isInteger = ["integer", "user", "crm_lead"].contains(table.columns[column].type)
        return Condition(
            column: column, comparison: prefix?.1 ?? .equal, values: values,
            numbers: isInteger ? values.map { Int64($0) ?? 0 } : nil)
    }
}

extension ListQuery.Condition {
    /// Whether a row fulfils the condition.
    func fits(_ value: PortalValue) -> Bool {
        if let numbers {
            let number: Int64 = if case .integer(let number) = value { number } else { 0 }
            switch comparison {
            case .equal: return numbers.contains(number)
            case .notEqual: return !numbers.contains(number)
            case .less: return numbers.contains { number < $0 }
            case .lessOrEqual: return numbers.contains { number <= $0 }
            case .greater: return numbers.contains { number > $0 }
            case .greaterOrEqual: return numbers.contains { number >= $0 }
            default: break
            }
        }
        // The portal's database compares texts without regard to case.
        let text = (value.comparable ?? "").lowercased()
        let folded = values.lazy.map { $0.lowercased() }
        switch comparison {
        case .equal: return folded.contains { $0 == text }
        case .notEqual: return !folded.contains { $0 == text }
        case .less: return folded.contains { text < $0 }
        case .lessOrEqual: return folded.contains { text <= $0 }
        case .greater: return folded.contains { text > $0 }
        case .greaterOrEqual: return folded.contains { text >= $0 }
        case .contains: return folded.contains { $0.isEmpty || text.contains($0) }
        case .notContains: return !folded.contains { $0.isEmpty || text.contains($0) }
        case .like: return folded.contains { Pattern($0).matches(text) }
        case .notLike: return !folded.contains { Pattern($0).matches(text) }
        }
    }
}
