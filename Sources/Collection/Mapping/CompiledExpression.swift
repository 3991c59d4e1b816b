internal import Records

/// A field's expression made ready for many payloads.
///
/// What a case consists of is an object of its own where it is more than one thing, so that to look
/// into a case counts one reference at most.
indirect enum CompiledExpression: Sendable {
    case path(CompiledPath)
    case constant(String)
    case firstOf([CompiledExpression])
    case allOf([CompiledExpression])
    case joined(CompiledJoin)
    case count([(member: MemberName, path: CompiledPath)])
    case amount(CompiledExpression, currency: CompiledExpression)
    case lines(CompiledLines)
    case key([CompiledExpression], separator: String)
    case cases([CompiledCase])
    case part(CompiledExpression, MappingPart)
    case translated(CompiledExpression, [String: String], otherwise: String?)
    case lookedUp(CompiledExpression, LookupTables.Table, isPartial: Bool)
    case restricted(
        CompiledExpression, MappingRestriction.Form?, excluded: [String], differsFrom: CompiledPath?
    )

    init(_ expression: MappingExpression, _ table: inout PathTable) {
        switch expression {
        case .path(let path):
            let paths = table.resolved(path).map { Self.path(table.compile($0)) }
            self = paths.count == 1 ? paths[0] : .firstOf(paths)
        case .constant(let text): self = .constant(text)
        case .firstOf(let parts): self = .firstOf(parts.map { Self($0, &table) })
        case .allOf(let parts): self = .allOf(parts.map { Self($0, &table) })
        case .joined(let each, let parts, let separator, let needs):
            self = .joined(
                CompiledJoin(
                    each: each.map { table.compile($0) },
                    parts: parts.map { CompiledSteps($0, table.lookups) }, separator: separator,
                    needs: needs.map { CompiledSteps($0, table.lookups) }))
        case .count(let paths):
            self = .count(
                paths.map { path in
                    guard case .member(let name) = path.steps.first else {
                        return (MemberName(""), table.compile(path))
                    }
                    return (MemberName(name), table.compile(path))
                })
        case .lines(let lines): self = .lines(CompiledLines(lines, &table))
        case .amount(let amount, let currency):
            let compiled = Self(amount, &table)
            // Where the list of currencies could not be read, no reference to it says anything; the
            // source's remark names the list.
            self =
                currency.lookups.contains { table.lookups[$0].isEmpty }
                ? compiled : .amount(compiled, currency: Self(currency, &table))
        case .key(let parts, let separator):
            self = .key(parts.map { Self($0, &table) }, separator: separator)
        case .part(let inner, let part): self = .part(Self(inner, &table), part)
        case .cases(let cases):
            self = .cases(
                cases.map { one in
                    CompiledCase(
                        conditions: one.conditions.map { CompiledCondition($0, &table) },
                        value: Self(one.value, &table))
                })
        case .translated(let inner, let texts, let otherwise):
            self = .translated(Self(inner, &table), texts, otherwise: otherwise)
        case .lookedUp(let inner, let name):
            self = .lookedUp(
                Self(inner, &table), table.lookups[name],
                isPartial: table.lookups.isPartial(name))
        case .restricted(let inner, let restriction):
            self = .restricted(
                Self(inner, &table), restriction.form, excluded: restriction.excluded,
                differsFrom: restriction.differsFrom.map { table.compile($0) })
        }
    }
}

/// The parts of rows, joined.
final class CompiledJoin: Sendable {
    /// Where the rows are; `nil` for the payload itself.
    let each: CompiledPath?
    let parts: [CompiledSteps]
    let separator: String
    /// What a row must have for its parts to count.
    let needs: CompiledSteps?

    init(
        each: CompiledPath?, parts: [CompiledSteps], separator: String, needs: CompiledSteps?
    ) {
        self.each = each
        self.parts = parts
        self.separator = separator
        self.needs = needs
    }
}

/// A value that counts where all conditions hold.
final class CompiledCase: Sendable {
    let conditions: [CompiledCondition]
    let value: CompiledExpression

    init(conditions: [CompiledCondition], value: CompiledExpression) {
        self.conditions = conditions
        self.value = value
    }
}

/// A condition made ready for many payloads.
///
/// A class, since to copy its parts for each payload would count many references.
final class CompiledCondition: Sendable {
    private let path: CompiledPath
    /// As a rule none.
    private let furtherPaths: [CompiledPath]
    private let lookup: LookupTables.Table?
    /// Whether the lookup's list was not read as a whole.
    private let isPartial: Bool
    private let question: MappingCondition.Question
    /// The texts of the question, if it is one of texts.
    private let compared: ComparedTexts
    let reason: String

    init(_ condition: MappingCondition, _ table: inout PathTable) {
        path = table.compile(condition.path)
        furtherPaths = condition.furtherPaths.map { table.compile($0) }
        lookup = condition.lookup.map { table.lookups[$0] }
        isPartial = condition.lookup.map { table.lookups.isPartial($0) } ?? false
        question = condition.question
        compared =
            switch condition.question {
            case .equals(let texts), .differs(let texts): ComparedTexts(texts)
            default: ComparedTexts([])
            }
        reason = condition.reason ?? "rule"
    }

    /// Whether it holds for a payload.
    func holds(in payload: inout PayloadReader, texts: PayloadTexts) -> Bool {
        var isFound = false
        payload.forEach(at: path) { value in
            if !isFound { isFound = answers(value, texts) }
        }
        for path in furtherPaths {
            payload.forEach(at: path) { value in
                if !isFound { isFound = answers(value, texts) }
            }
        }
        return switch question {
        case .differs: !isFound
        case .filled(let isFilled): isFound == isFilled
        case .equals, .digits, .startsWith: isFound
        }
    }

    /// Whether it holds for a payload only because nobody knows what a key of it stands for: that the
    /// list says something else of it is not certain then.
    func isGuess(in payload: inout PayloadReader, texts: PayloadTexts) -> Bool {
        guard isPartial, let lookup, case .differs = question else { return false }
        var isUnknown = false
        for path in [path] + furtherPaths {
            payload.forEach(at: path) { value in
                if let key = texts.text(of: value), lookup[key] == nil { isUnknown = true }
            }
        }
        return isUnknown
    }

    /// Whether one value is what is asked for, or what must not be found.
    private func answers(_ value: JSONPlace, _ texts: PayloadTexts) -> Bool {
        switch question {
        case .equals, .differs:
            // What is compared: the value as it is, or what the lookup says of it.
            guard let lookup else { return compared.contains(value) ?? false }
            guard let key = texts.text(of: value) else { return false }
            return (lookup[key] ?? (isPartial ? [] : [key])).contains { compared.contains($0) }
        case .filled:
            return texts.isFilled(value)
        case .digits(let count):
            guard let text = texts.text(of: value) else { return false }
            var digits = 0
            for scalar in text.unicodeScalars where scalar != " " && scalar != "\u{A0}" {
                guard ("0"..."9").contains(scalar) else { return false }
                digits += 1
            }
            return digits == count
        case .startsWith(let beginnings):
            guard let text = texts.text(of: value)?.lowercased() else { return false }
            return beginnings.contains { text.hasPrefix($0.lowercased()) }
        }
    }
}

/// How the texts of one system are read.
struct PayloadTexts: Sendable {
    private let emptyValues: ComparedTexts
    private let decodesHTMLEntities: Bool

    init(_ mapping: EntityMapping) {
        emptyValues = ComparedTexts(mapping.emptyValues)
        decodesHTMLEntities = mapping.decodesHTMLEntities
    }

    /// The cleaned text of a value; `nil` when it says nothing.
    ///
    /// `false` says nothing here: that is how PHP writes a field that is not set.
    func text(of value: JSONPlace) -> String? {
        switch isFilledAsItIs(value) {
        case true?: return value.scalarText
        case false?: return nil
        case nil:
            guard let raw = value.scalarText else { return value.boolean == true ? "true" : nil }
            return cleaned(raw)
        }
    }

    /// Whether a value says something.
    func isFilled(_ value: JSONPlace) -> Bool {
        isFilledAsItIs(value) ?? (text(of: value) != nil)
    }

    /// The cleaned text; `nil` when it is empty or stands for nothing.
    ///
    /// Markup is decoded when a text was taken out of it: before, its own quotes would be lost among
    /// those of its texts. Where entities are written, an angle bracket is nothing but markup.
    func cleaned(_ raw: String) -> String? {
        let isDecoded = decodesHTMLEntities && !Self.isMarkup(raw)
        let decoded = isDecoded ? TextCleaning.decodingHTMLEntities(raw) : raw
        let text = TextCleaning.trimmed(decoded)
        return text.isEmpty || emptyValues.contains(text) ? nil : text
    }

    private static func isMarkup(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
    }

    /// Whether a value that needs no cleaning says something; `nil` when it may need some.
    ///
    /// Nearly all values need none, and to see it takes no text.
    private func isFilledAsItIs(_ value: JSONPlace) -> Bool? {
        value.withPlainContent { content in
            guard TextCleaning.isTrimmed(content),
                !decodesHTMLEntities || !content.contains(UInt8(ascii: "&"))
            else { return nil }
            return !content.isEmpty && !emptyValues.contains(content)
        }
    }
}
