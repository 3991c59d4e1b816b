internal import Records

/// Reads what gives a field's values: a path, a list of alternatives, or one of the forms below.
struct MappingExpressionReader {
    /// Places that the file has given a name, used as `$name`.
    let names: [String: MappingPath]
    /// The lookups that may be used here.
    var lookups: [LookupList] = []

    func path(_ node: YAMLNode) throws(DefinitionError) -> MappingPath {
        var text = try node.text()
        guard text.hasPrefix("$") else { return try parsed(text, at: node) }
        text.removeFirst()
        let name = String(text.prefix { $0 != "." && $0 != "[" })
        guard let base = names[name] else {
            let known = names.keys.sorted().map { "$" + $0 }.joined(separator: ", ")
            throw node.error("'$\(name)' is not defined under 'names'; known: \(known)")
        }
        let rest = text.dropFirst(name.count)
        if rest.isEmpty { return base }
        // A bracket needs a name before it to be a path; that name is taken off again.
        let suffix = try parsed("x" + rest, at: node)
        return MappingPath(steps: base.steps + suffix.steps.dropFirst())
    }

    private func parsed(
        _ text: String, at node: YAMLNode
    ) throws(DefinitionError) -> MappingPath {
        let path: MappingPath
        do {
            path = try MappingPath(parsing: text)
        } catch {
            throw node.error(error.description)
        }
        for name in path.lookups { try known(name, at: node) }
        return path
    }

    func paths(_ node: YAMLNode) throws(DefinitionError) -> [MappingPath] {
        guard node.isList else { return [try path(node)] }
        var paths: [MappingPath] = []
        for item in try node.items() { paths.append(try path(item)) }
        return paths
    }

    private func expressions(_ node: YAMLNode) throws(DefinitionError) -> [MappingExpression] {
        var expressions: [MappingExpression] = []
        for item in try node.items() { expressions.append(try expression(item)) }
        return expressions
    }

    func expression(_ node: YAMLNode) throws(DefinitionError) -> MappingExpression {
        if node.isList { return .firstOf(try expressions(node)) }
        guard node.isMapping else { return .path(try path(node)) }
        return try modified(source(node), by: node)
    }

    private static let sources = [
        "path", "constant", "first", "all", "join", "key", "count", "cases", "amount", "lines",
    ]

    private func source(_ node: YAMLNode) throws(DefinitionError) -> MappingExpression {
        try node.allow(
            keys: Self.sources + [
                "each", "separator", "needs", "map", "otherwise", "form", "not", "not_same_as",
                "before", "after", "lookup", "mandatory", "currency",
            ] + LinesMapping.Part.allCases.map(\.rawValue))
        let given = try node.pairs().map(\.key.value).filter(Self.sources.contains)
        guard given.count == 1 else {
            throw node.error(
                "exactly one of these is needed: \(Self.sources.joined(separator: ", "))")
        }
        let value = try node.required(given[0])
        if let currency = try node.optional("currency"), given[0] != "amount" {
            throw currency.error("only an 'amount' has a currency")
        }
        let parts = try linesParts(node)
        if given[0] == "lines" { return .lines(LinesMapping(path: try path(value), parts: parts)) }
        if let part = parts.keys.first {
            throw try node.required(part.rawValue).error("only 'lines' have a \(part.rawValue)")
        }
        switch given[0] {
        case "amount":
            return .amount(
                try expression(value), currency: try expression(node.required("currency")))
        case "constant": return .constant(try value.text())
        case "first": return .firstOf(try expressions(value))
        case "all": return .allOf(try expressions(value))
        case "join":
            return .joined(
                each: try node.optional("each").map(path), parts: try paths(value),
                separator: try node.optional("separator")?.text() ?? " ",
                needs: try node.optional("needs").map(path))
        case "key":
            return .key(
                try expressions(value), separator: try node.optional("separator")?.text() ?? "#")
        case "count": return .count(try paths(value))
        case "cases": return .cases(try cases(value))
        default: return .path(try path(value))
        }
    }

    private func linesParts(
        _ node: YAMLNode
    ) throws(DefinitionError) -> [LinesMapping.Part: MappingExpression] {
        var parts: [LinesMapping.Part: MappingExpression] = [:]
        for part in LinesMapping.Part.allCases {
            guard let value = try node.optional(part.rawValue) else { continue }
            parts[part] = try expression(value)
        }
        return parts
    }

    private func modified(
        _ source: MappingExpression, by node: YAMLNode
    ) throws(DefinitionError) -> MappingExpression {
        var expression = source
        // Both together are what stands between: the second mark may be before the first one, too.
        if let mark = try node.optional("after") {
            expression = .part(expression, .after(try mark.text()))
        }
        if let mark = try node.optional("before") {
            expression = .part(expression, .before(try mark.text()))
        }
        let restriction = MappingRestriction(
            form: try node.optional("form")?.choice(of: MappingRestriction.Form.self),
            excluded: try node.optional("not")?.texts() ?? [],
            differsFrom: try node.optional("not_same_as").map(path))
        if restriction != MappingRestriction() { expression = .restricted(expression, restriction) }
        if let name = try node.optional("lookup").map(lookup) {
            expression = .lookedUp(expression, name)
        }
        if let map = try node.optional("map") {
            var texts: [String: String] = [:]
            for (key, value) in try map.pairs() { texts[key.value] = try value.text() }
            expression = .translated(
                expression, texts, otherwise: try node.optional("otherwise")?.text())
        }
        return expression
    }

    private func lookup(_ node: YAMLNode) throws(DefinitionError) -> String {
        let name = try node.text()
        try known(name, at: node)
        return name
    }

    private func known(_ lookup: String, at node: YAMLNode) throws(DefinitionError) {
        guard !lookups.contains(where: { $0.name == lookup }) else { return }
        let known = lookups.map(\.name).joined(separator: ", ")
        throw node.error("'\(lookup)' is not a lookup that stands before this; known: \(known)")
    }

    private func cases(_ node: YAMLNode) throws(DefinitionError) -> [MappingCase] {
        var cases: [MappingCase] = []
        for item in try node.items() {
            try item.allow(keys: ["value", "from", "when"])
            var conditions: [MappingCondition] = []
            if let when = try item.optional("when") {
                let list = when.isList ? try when.items() : [when]
                for one in list { conditions.append(try condition(one)) }
            }
            let value: MappingExpression
            if let from = try item.optional("from") {
                value = try expression(from)
            } else {
                value = .constant(try item.required("value").text())
            }
            cases.append(MappingCase(conditions: conditions, value: value))
        }
        return cases
    }

    func condition(_ node: YAMLNode) throws(DefinitionError) -> MappingCondition {
        let questions = ["equals", "not", "filled", "digits", "starts_with"]
        try node.allow(keys: ["path", "lookup", "reason", "doubtful"] + questions)
        let given = try node.pairs().map(\.key.value).filter(questions.contains)
        guard given.count == 1 else {
            throw node.error("exactly one of these is needed: \(questions.joined(separator: ", "))")
        }
        let value = try node.required(given[0])
        let question: MappingCondition.Question
        switch given[0] {
        case "not": question = .differs(try value.texts())
        case "filled": question = .filled(try value.boolean())
        case "digits": question = .digits(try value.integer())
        case "starts_with": question = .startsWith(try value.texts())
        default: question = .equals(try value.texts())
        }
        let places = try node.required("path")
        let paths = try paths(places)
        guard let first = paths.first else { throw places.error("a place is missing") }
        var condition = MappingCondition(
            path: first, lookup: try node.optional("lookup").map(lookup), question: question,
            reason: try node.optional("reason")?.text())
        condition.furtherPaths = Array(paths.dropFirst())
        guard let doubtful = try node.optional("doubtful") else { return condition }
        condition.isDoubtful = try doubtful.boolean()
        // What is left out is counted by its reason: without one nothing would be in doubt.
        if condition.isDoubtful, condition.reason == nil {
            throw doubtful.error("what is doubtful needs a 'reason', by which it is counted")
        }
        return condition
    }
}
