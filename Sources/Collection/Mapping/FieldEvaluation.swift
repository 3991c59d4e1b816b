internal import Records

/// The evaluation of one payload's fields, one after another.
struct FieldEvaluation {
    let texts: PayloadTexts
    /// Whether `false` is a value: for fields that say yes or no.
    private var keepsFalse = false
    /// Whether NULs, and broken bytes, were in what was taken for the field.
    private(set) var hadNUL = false
    private(set) var hadBrokenEncoding = false
    /// Whether something was looked up in vain.
    private(set) var hadUnknownKey = false

    init(texts: PayloadTexts) { self.texts = texts }

    /// Begins a field.
    mutating func begin(keepsFalse: Bool) {
        self.keepsFalse = keepsFalse
        (hadNUL, hadBrokenEncoding, hadUnknownKey) = (false, false, false)
    }

    /// Appends what an expression gives.
    mutating func append(
        _ expression: CompiledExpression, of payload: inout PayloadReader, to result: inout [String]
    ) {
        switch expression {
        case .path(let path):
            payload.forEach(at: path) { append($0, to: &result) }
        case .constant(let text):
            result.append(text)
        case .firstOf(let parts):
            let before = result.count
            for part in parts {
                append(part, of: &payload, to: &result)
                if result.count > before { return }
            }
        case .allOf(let parts):
            for part in parts { append(part, of: &payload, to: &result) }
        case .joined(let join):
            guard let each = join.each else {
                append(join, in: payload.root, to: &result)
                return
            }
            payload.forEach(at: each) { rows in
                guard rows.kind == .array else { return append(join, in: rows, to: &result) }
                rows.forEachElement { append(join, in: $0, to: &result) }
            }
        case .count(let paths):
            let known = paths.filter { payload.root.member($0.member) != nil }
            guard !known.isEmpty else { return }
            let count = known.reduce(0) { count, place in
                count + payload.values(at: place.path).reduce(0) { $0 + Self.rowCount($1) }
            }
            result.append(String(count))
        case .lines(let lines):
            var reader = PayloadReader(table: lines.table)
            payload.forEach(at: lines.path) { append(lines, $0, with: &reader, to: &result) }
        case .amount(let amount, let currency):
            appendAmount(amount, currency, of: &payload, to: &result)
        case .key(let parts, let separator):
            appendKey(parts, separator: separator, of: &payload, to: &result)
        case .part(let inner, let part):
            replace(inner, of: &payload, in: &result) { text, texts in
                part.taken(from: text).flatMap(texts.cleaned)
            }
        case .cases(let cases):
            for one in cases
            where one.conditions.allSatisfy({ $0.holds(in: &payload, texts: texts) }) {
                append(one.value, of: &payload, to: &result)
                return
            }
        case .translated(let inner, let translations, let otherwise):
            replace(inner, of: &payload, in: &result) { text, _ in translations[text] ?? otherwise }
        case .lookedUp(let inner, let table, let isPartial):
            let before = result.count
            append(inner, of: &payload, to: &result)
            guard result.count > before else { return }
            let keys = Array(result[before...])
            result.removeSubrange(before...)
            for key in keys {
                if let texts = table[key] {
                    result.append(contentsOf: texts)
                } else {
                    hadUnknownKey = true
                    if !isPartial { result.append(key) }
                }
            }
        case .restricted(let inner, let form, let excluded, let differsFrom):
            let others = differsFrom.map { payload.values(at: $0).compactMap(texts.text) } ?? []
            replace(inner, of: &payload, in: &result) { text, _ in
                excluded.contains(text) || others.contains(text)
                    || (form != nil && !Self.isGUID(text)) ? nil : text
            }
        }
    }

    /// Appends amounts, each with its currency behind it.
    ///
    /// A currency that is named and was looked up in vain is none that is known: an amount without any
    /// would pass for roubles.
    private mutating func appendAmount(
        _ amount: CompiledExpression, _ currency: CompiledExpression,
        of payload: inout PayloadReader, to result: inout [String]
    ) {
        let before = result.count
        append(amount, of: &payload, to: &result)
        guard result.count > before else { return }
        let hadUnknownBefore = hadUnknownKey
        hadUnknownKey = false
        let named = taken(currency, of: &payload).first
        let isLookedUpInVain = named == nil && hadUnknownKey
        hadUnknownKey = hadUnknownKey || hadUnknownBefore
        guard let written = named ?? (isLookedUpInVain ? CurrencyCode.unknown : nil) else { return }
        for place in before..<result.count {
            let (text, isKnown) = FieldConversion.written(result[place], in: written)
            result[place] = text
            if !isKnown { hadUnknownKey = true }
        }
    }

    /// Appends the parts of a key, joined; unlike those of names they may repeat each other, and none
    /// may be missing.
    private mutating func appendKey(
        _ parts: [CompiledExpression], separator: String, of payload: inout PayloadReader,
        to result: inout [String]
    ) {
        let before = result.count
        // From the end, since the part that is missing is mostly the last: a variant.
        for (number, part) in parts.reversed().enumerated() {
            append(part, of: &payload, to: &result)
            guard result.count > before + number else {
                result.removeSubrange(before...)
                return
            }
            result.removeSubrange((before + number + 1)...)
        }
        let key = result[before...].reversed().joined(separator: separator)
        result.removeSubrange(before...)
        result.append(key)
    }

    /// Appends the lines that stand at a place, as texts.
    private mutating func append(
        _ lines: CompiledLines, _ place: JSONPlace, with reader: inout PayloadReader,
        to result: inout [String]
    ) {
        // In the same memory for all lines: a document has many, each with as many parts.
        var texts: [String] = []
        var parts = LineParts()
        func append(
            _ row: JSONPlace, _ evaluation: inout FieldEvaluation, _ reader: inout PayloadReader,
            _ result: inout [String]
        ) {
            reader.begin(row)
            parts.clear()
            for (part, expression) in lines.parts {
                texts.removeAll(keepingCapacity: true)
                evaluation.append(expression, of: &reader, to: &texts)
                parts[part] = texts.first
            }
            if let line = parts.line { result.append(line.text) }
        }
        guard place.kind == .array else { return append(place, &self, &reader, &result) }
        place.forEachElement { append($0, &self, &reader, &result) }
    }

    private mutating func taken(
        _ expression: CompiledExpression, of payload: inout PayloadReader
    ) -> [String] {
        var texts: [String] = []
        append(expression, of: &payload, to: &texts)
        return texts
    }

    /// Appends what an expression gives, each text as it is replaced or not at all.
    private mutating func replace(
        _ expression: CompiledExpression, of payload: inout PayloadReader,
        in result: inout [String], by replacement: (String, PayloadTexts) -> String?
    ) {
        let before = result.count
        append(expression, of: &payload, to: &result)
        var kept = before
        for index in before..<result.count {
            guard let text = replacement(result[index], texts) else { continue }
            result[kept] = text
            kept += 1
        }
        result.removeSubrange(kept...)
    }

    private mutating func append(_ value: JSONPlace, to result: inout [String]) {
        if value.kind == .array {
            value.forEachElement { append($0, to: &result) }
        } else if let text = texts.text(of: value) {
            mark(value)
            result.append(text)
        } else if keepsFalse, value.boolean == false {
            result.append("false")
        }
    }

    private mutating func mark(_ value: JSONPlace) {
        let flags = value.token.flags
        hadNUL = hadNUL || flags.contains(.hasNUL)
        hadBrokenEncoding = hadBrokenEncoding || flags.contains(.isBroken)
    }

    /// Appends the parts of a row that are not empty, joined; a part that repeats another is left
    /// out, as when a region and its town have one name.
    private mutating func append(
        _ join: CompiledJoin, in row: JSONPlace, to result: inout [String]
    ) {
        if let needs = join.needs {
            var hasNeeded = false
            needs.forEach(from: row) { hasNeeded = hasNeeded || texts.isFilled($0) }
            guard hasNeeded else { return }
        }
        let before = result.count
        for part in join.parts {
            part.forEach(from: row) { value in
                guard let text = texts.text(of: value),
                    !result[before...].contains(where: { $0.isSame(as: text) })
                else { return }
                mark(value)
                result.append(text)
            }
        }
        guard result.count > before + 1 else { return }
        result[before] = result[before...].joined(separator: join.separator)
        result.removeSubrange((before + 1)...)
    }

    /// How many rows a value stands for: the elements of a list, or itself.
    private static func rowCount(_ value: JSONPlace) -> Int {
        value.kind == .array ? Int(value.token.count) : 1
    }

    private static func isGUID(_ text: String) -> Bool {
        guard text.utf8.count == 36 else { return false }
        for (position, byte) in text.utf8.enumerated() {
            let isDash = position == 8 || position == 13 || position == 18 || position == 23
            guard isDash ? byte == UInt8(ascii: "-") : HexadecimalDigit.value(byte) != nil else {
                return false
            }
        }
        return true
    }
}

extension MappingPart {
    /// The part of a text; `nil` when it has none.
    fileprivate func taken(from text: String) -> String? {
        switch self {
        case .before(let mark):
            text.firstRange(of: mark).map { String(text[..<$0.lowerBound]) } ?? text
        case .after(let mark):
            text.firstRange(of: mark).map { String(text[$0.upperBound...]) }
        }
    }
}

extension String {
    /// Whether it is the same text of the same length; to see that two differ takes `==` alone longer,
    /// which looks for other ways to write the same.
    fileprivate func isSame(as other: String) -> Bool {
        utf8.count == other.utf8.count && self == other
    }
}
