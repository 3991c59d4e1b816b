internal import Records

/// A field's expression made ready for many payloads.
indirect enum CompiledExpression: Sendable {
    case path(CompiledPath)
    case constant(String)
    case firstOf([CompiledExpression])
    case allOf([CompiledExpression])
    case joined(
        each: CompiledPath?, parts: [[CompiledStep]], separator: String, needs: [CompiledStep]?)
    case count([(member: [UInt8], path: CompiledPath)])
    case key([CompiledExpression], separator: String)
    case cases([(conditions: [CompiledCondition], value: CompiledExpression)])
    case part(CompiledExpression, MappingPart)
    case translated(CompiledExpression, [String: String], otherwise: String?)
    case lookedUp(CompiledExpression, LookupTables.Table)
    case restricted(
        CompiledExpression, MappingRestriction.Form?, excluded: [String], differsFrom: CompiledPath?
    )

    init(_ expression: MappingExpression, _ table: inout PathTable) {
        switch expression {
        case .path(let path): self = .path(table.compile(path))
        case .constant(let text): self = .constant(text)
        case .firstOf(let parts): self = .firstOf(parts.map { Self($0, &table) })
        case .allOf(let parts): self = .allOf(parts.map { Self($0, &table) })
        case .joined(let each, let parts, let separator, let needs):
            self = .joined(
                each: each.map { table.compile($0) },
                parts: parts.map { $0.steps.map(CompiledStep.init) }, separator: separator,
                needs: needs.map { $0.steps.map(CompiledStep.init) })
        case .count(let paths):
            self = .count(
                paths.map { path in
                    guard case .member(let name) = path.steps.first else {
                        return ([], table.compile(path))
                    }
                    return (Array(name.utf8), table.compile(path))
                })
        case .key(let parts, let separator):
            self = .key(parts.map { Self($0, &table) }, separator: separator)
        case .part(let inner, let part): self = .part(Self(inner, &table), part)
        case .cases(let cases):
            self = .cases(
                cases.map { one in
                    (
                        one.conditions.map { CompiledCondition($0, &table) },
                        Self(one.value, &table)
                    )
                })
        case .translated(let inner, let texts, let otherwise):
            self = .translated(Self(inner, &table), texts, otherwise: otherwise)
        case .lookedUp(let inner, let name):
            self = .lookedUp(Self(inner, &table), table.lookups[name])
        case .restricted(let inner, let restriction):
            self = .restricted(
                Self(inner, &table), restriction.form, excluded: restriction.excluded,
                differsFrom: restriction.differsFrom.map { table.compile($0) })
        }
    }
}

/// A condition made ready for many payloads.
struct CompiledCondition: Sendable {
    private let path: CompiledPath
    private let lookup: LookupTables.Table?
    private let question: MappingCondition.Question
    let reason: String

    init(_ condition: MappingCondition, _ table: inout PathTable) {
        path = table.compile(condition.path)
        lookup = condition.lookup.map { table.lookups[$0] }
        question = condition.question
        reason = condition.reason ?? "rule"
    }

    /// Whether it holds for a payload.
    func holds(in payload: inout PayloadReader, texts: PayloadTexts) -> Bool {
        let values = payload.values(at: path)
        switch question {
        case .equals(let wanted):
            return words(values, texts).contains { wanted.contains($0) }
        case .differs(let excluded):
            return !words(values, texts).contains { excluded.contains($0) }
        case .filled(let isFilled):
            return values.contains { texts.text(of: $0) != nil } == isFilled
        case .digits(let count):
            return values.contains { value in
                guard let text = texts.text(of: value) else { return false }
                let digits = text.unicodeScalars.filter { $0 != " " && $0 != "\u{A0}" }
                return digits.count == count && digits.allSatisfy { ("0"..."9").contains($0) }
            }
        case .startsWith(let beginnings):
            return values.contains { value in
                guard let text = texts.text(of: value)?.lowercased() else { return false }
                return beginnings.contains { text.hasPrefix($0.lowercased()) }
            }
        }
    }

    /// What is compared: the values as they are, or what the lookup says of them.
    private func words(_ values: [JSONValue], _ texts: PayloadTexts) -> [String] {
        guard let lookup else { return values.compactMap(\.conditionText) }
        return values.compactMap(texts.text).flatMap { lookup[$0] ?? [$0] }
    }
}

/// How the texts of one system are read.
struct PayloadTexts: Sendable {
    private let emptyValues: Set<String>
    private let decodesHTMLEntities: Bool

    init(_ mapping: EntityMapping) {
        emptyValues = Set(mapping.emptyValues)
        decodesHTMLEntities = mapping.decodesHTMLEntities
    }

    /// The cleaned text of a value; `nil` when it says nothing.
    ///
    /// `false` says nothing here: that is how PHP writes a field that is not set.
    func text(of value: JSONValue) -> String? {
        guard let raw = value.scalarText else { return value.boolean == true ? "true" : nil }
        return cleaned(raw)
    }

    /// The cleaned text; `nil` when it is empty or stands for nothing.
    func cleaned(_ raw: String) -> String? {
        let decoded = decodesHTMLEntities ? TextCleaning.decodingHTMLEntities(raw) : raw
        let text = TextCleaning.trimmed(decoded)
        return text.isEmpty || emptyValues.contains(text) ? nil : text
    }
}
