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
        /// The values as whole numbers, for a column of integers.
        var integers: [Int64]?
        /// The values as numbers, for a column of integers, amounts or dates.
        var numbers: [Double]?
        /// The portal's distance from Greenwich, in seconds.
        var offset: Int64
    }

    /// All of these must fit.
    var conditions: [Condition] = []
    /// Of each of these groups one alternative must fit.
    var groups: [[[Condition]]] = []
    var order: [(column: Int, isDescending: Bool)] = []
    var columns: [Int] = []
    /// Whether the users' own fields were asked for under their first names.
    var hasOriginalNames = false
    /// Negative: one page, nothing counted.
    var start = 0
    private let options: PortalOptions

    /// Reads the parameters of a list method; their names may be in either case.
    init(
        _ parameters: Parameter, table: some PortalTable, options: PortalOptions
    ) throws(PortalError) {
        self.options = options
        for name in ["order", "filter"] {
            if let value = parameters[anyCase: name], !value.isArray, value.text != "" {
                if case .null = value { continue }
                throw .business("Parameter '\(name)' must be array.")
            }
        }
        let filter = parameters[anyCase: "filter"] ?? .empty
        if table.manners.hasGroups, filter[anyCase: "logic"] != nil {
            groups = [try alternatives(filter, table)]
        } else {
            conditions = try conditions(filter, table)
        }
        for (key, value) in parameters[anyCase: "order"]?.entries ?? [] {
            guard let column = table.column(named: key) else {
                if table.manners.hasOddPages, key.lowercased() == "id" {
                    throw .business(
                        "Unknown field definition `\(key)` (\(key)) for "
                            + "\\Bitrix\\Crm\\AddressTable Entity.")
                }
                continue
            }
            order.append((column, value.text?.lowercased().hasPrefix("desc") ?? false))
        }
        let flag = parameters[anyCase: "useoriginalufnames"]?.text ?? "N"
        hasOriginalNames = table.dialect == .modern && (flag == "Y" || flag == "1")
        let known = table.columns
        columns = selection(parameters[anyCase: "select"], table).filter {
            options.hasField(known[$0].name, of: table.name)
        }
        start = Int(parameters[anyCase: "start"]?.integer ?? 0)
    }

    // MARK: Fields

    private func selection(_ select: Parameter?, _ table: some PortalTable) -> [Int] {
        var names = select?.entries.compactMap(\.value.text) ?? []
        if let name = select?.text, !name.isEmpty { names = [name] }
        let columns = table.columns
        if hasOriginalNames { return originalSelection(names, columns) }
        let all = columns.indices.filter { !columns[$0].isMultiple && !columns[$0].isHidden }
        guard !names.isEmpty else { return all }
        var chosen = Set<Int>()
        for name in names {
            switch name {
            case "*":
                chosen.formUnion(all.filter { !columns[$0].isOwn || table.dialect == .modern })
                // The newer methods give the multi-fields only with the star.
                chosen.formUnion(columns.indices.filter { columns[$0].name == "fm" })
            case "UF_*": chosen.formUnion(all.filter { columns[$0].isOwn })
            case "fm": continue
            default:
                if let column = table.column(named: name) { chosen.insert(column) }
            }
        }
        return chosen.sorted()
    }

    /// With `useOriginalUfNames` only the users' own fields come, and none at all when a field of
    /// the system was named: rows are empty arrays then, a known defect.
    private func originalSelection(_ names: [String], _ columns: [PortalColumn]) -> [Int] {
        let own = columns.indices.filter { columns[$0].isOwn }
        let named = Set(names)
        if names.isEmpty || named == ["*"] { return own }
        let hasSystemField = columns.contains { !$0.isOwn && named.contains($0.name) }
        guard !hasSystemField else { return [] }
        return own.filter { named.contains(PortalNames.upper(columns[$0].name)) }
    }

    // MARK: Conditions

    private func conditions(
        _ filter: Parameter, _ table: some PortalTable
    ) throws(PortalError) -> [Condition] {
        var result: [Condition] = []
        for (key, value) in filter.entries {
            if let condition = try condition(key, value, table) { result.append(condition) }
        }
        return result
    }

    /// The alternatives of `{"logic": "OR", "0": {…}, "1": {…}}`; of `AND` there is but one.
    private func alternatives(
        _ filter: Parameter, _ table: some PortalTable
    ) throws(PortalError) -> [[Condition]] {
        let isOr = filter[anyCase: "logic"]?.text?.uppercased() == "OR"
        var result: [[Condition]] = []
        for (key, value) in filter.entries where key.lowercased() != "logic" {
            let isNested = Int(key) != nil && value.isArray
            let one = try conditions(isNested ? value : .array([(key, value)]), table)
            if isOr || result.isEmpty { result.append(one) } else { result[0] += one }
        }
        return result
    }

    /// Prefixes, the longer ones first.
    private static let prefixes: [(String, Condition.Comparison)] = [
        ("!=%", .notLike), ("!%=", .notLike), (">=", .greaterOrEqual), ("<=", .lessOrEqual),
        ("!@", .notEqual), ("!%", .notContains), ("!=", .notEqual), ("=%", .like), ("%=", .like),
        ("@", .equal), ("%", .contains), ("=", .equal), ("!", .notEqual), (">", .greater),
        ("<", .less),
    ]

    private func condition(
        _ key: String, _ value: Parameter, _ table: some PortalTable
    ) throws(PortalError) -> Condition? {
        let prefix = Self.prefixes.first {
            key.hasPrefix($0.0) && (table.manners.hasSetPrefixes || !$0.0.contains("@"))
        }
        let name = String(key.dropFirst(prefix?.0.count ?? 0))
        guard let place = table.column(named: name) else {
            // The trap of the older methods: a wrong name filters nothing, and nobody is told.
            guard table.manners.refusesUnknownFilter else { return nil }
            throw PortalError(
                status: 400, code: .text("INVALID_ARG_VALUE"),
                description: "Invalid filter: field '\(name)' is not allowed in filter")
        }
        var values = value.entries.map { $0.value.text ?? "" }
        if !value.isArray { values = [value.text ?? ""] }
        let column = table.columns[place]
        let offset = Int64(options.utcOffset * 3600)
        var condition = Condition(
            column: place, comparison: prefix?.1 ?? .equal, values: values, offset: offset)
        if column.isInteger {
            condition.integers = values.map { Int64($0) ?? 0 }
            condition.numbers = values.map { Double($0) ?? 0 }
        } else if column.isAmount {
            condition.numbers = values.map { Double($0) ?? 0 }
        } else if column.isInstant, !values.contains("") {
            let isIgnored = options.ignoresISODates && table.dialect == .modern
            condition.numbers = values.map { text in
                // Not a number: nothing is before, after or at that moment.
                if isIgnored && text.contains("T") { return .nan }
                return Moment.instant(text, offset: offset).map { Double($0) } ?? .nan
            }
        }
        return condition
    }
}

extension ListQuery.Condition {
    /// Whether a row fulfils the condition.
    func fits(_ value: PortalValue) -> Bool {
        if case .integers(let members) = value, let integers { return fits(members, integers) }
        if let numbers, let isFitting = fits(value, numbers) { return isFitting }
        let texts = value.texts
        if texts.count > 1 { return texts.contains { fits($0) } }
        return fits(texts.first ?? "")
    }

    private func fits(_ members: [Int64], _ integers: [Int64]) -> Bool {
        let isThere = members.contains { integers.contains($0) }
        return comparison == .notEqual ? !isThere : isThere
    }

    private func fits(_ value: PortalValue, _ numbers: [Double]) -> Bool? {
        // An unset reference counts as 0, an unset date as no moment at all.
        let number = value.number(offset: offset) ?? (integers == nil ? .nan : 0)
        switch comparison {
        case .equal: return numbers.contains(number)
        case .notEqual: return !numbers.contains(number)
        case .less: return numbers.contains { number < $0 }
        case .lessOrEqual: return numbers.contains { number <= $0 }
        case .greater: return numbers.contains { number > $0 }
        case .greaterOrEqual: return numbers.contains { number >= $0 }
        default: return nil
        }
    }

    private func fits(_ text: String) -> Bool {
        // The portal's database compares texts without regard to case.
        let text = text.lowercased()
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
