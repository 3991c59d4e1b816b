internal import Records

/// The evaluation of one field on one payload.
struct FieldEvaluation {
    let texts: PayloadTexts
    /// Whether `false` is a value: for fields that say yes or no.
    let keepsFalse: Bool
    /// Whether NULs, and broken bytes, were in what was taken.
    private(set) var hadNUL = false
    private(set) var hadBrokenEncoding = false
    /// Whether something was looked up in vain.
    private(set) var hadUnknownKey = false

    init(texts: PayloadTexts, keepsFalse: Bool) {
        self.texts = texts
        self.keepsFalse = keepsFalse
    }

    /// Appends what an expression gives.
    mutating func append(
        _ expression: CompiledExpression, of payload: inout PayloadReader, to result: inout [String]
    ) {
        switch expression {
        case .path(let path):
            for value in payload.values(at: path) { append(value, to: &result) }
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
        case .joined(let each, let parts, let separator, let needs):
            let rows = each.map { payload.values(at: $0) } ?? [payload.root]
            for row in Self.opened(rows) {
                if let text = joined(parts, separator, needs, in: row) { result.append(text) }
            }
        case .count(let paths):
            let known = paths.filter { place in
                place.member.withUnsafeBufferPointer { payload.root.member(named: $0) } != nil
            }
            guard !known.isEmpty else { return }
            let count = known.reduce(0) { $0 + Self.opened(payload.values(at: $1.path)).count }
            result.append(String(count))
        case .key(let parts, let separator):
            // Unlike names, the parts of a key may repeat each other, and none may be missing.
            let texts = parts.compactMap { taken($0, of: &payload).first }
            if texts.count == parts.count { result.append(texts.joined(separator: separator)) }
        case .part(let inner, let part):
            for text in taken(inner, of: &payload) {
                if let text = part.taken(from: text).flatMap(texts.cleaned) { result.append(text) }
            }
        case .cases(let cases):
            for (conditions, value) in cases
            where conditions.allSatisfy({ $0.holds(in: &payload, texts: texts) }) {
                append(value, of: &payload, to: &result)
                return
            }
        case .translated(let inner, let translations, let otherwise):
            for text in taken(inner, of: &payload) {
                if let translation = translations[text] ?? otherwise { result.append(translation) }
            }
        case .lookedUp(let inner, let table):
            for key in taken(inner, of: &payload) {
                if let texts = table[key] {
                    result.append(contentsOf: texts)
                } else {
                    hadUnknownKey = true
                    result.append(key)
                }
            }
        case .restricted(let inner, let form, let excluded, let differsFrom):
            let others = differsFrom.map { payload.values(at: $0).compactMap(texts.text) } ?? []
            for text in taken(inner, of: &payload)
            where !excluded.contains(text) && !others.contains(text)
                && (form == nil || Self.isGUID(text))
            {
                result.append(text)
            }
        }
    }

    private mutating func taken(
        _ expression: CompiledExpression, of payload: inout PayloadReader
    ) -> [String] {
        var texts: [String] = []
        append(expression, of: &payload, to: &texts)
        return texts
    }

    private mutating func append(_ value: JSONValue, to result: inout [String]) {
        if value.kind == .array {
            for element in value.elements { append(element, to: &result) }
        } else if let text = texts.text(of: value) {
            mark(value)
            result.append(text)
        } else if keepsFalse, value.boolean == false {
            result.append("false")
        }
    }

    private mutating func mark(_ value: JSONValue) {
        hadNUL = hadNUL || value.hadNUL
        hadBrokenEncoding = hadBrokenEncoding || value.hadBrokenEncoding
    }

    /// The parts of a row that are not empty, joined; a part that repeats another is left out, as
    /// when a region and its town have one name.
    private mutating func joined(
        _ parts: [[CompiledStep]], _ separator: String, _ needs: [CompiledStep]?, in row: JSONValue
    ) -> String? {
        if let needs {
            let needed = PayloadReader.follow(needs, from: [row])
            guard needed.contains(where: { texts.text(of: $0) != nil }) else { return nil }
        }
        var joined: [String] = []
        for part in parts {
            for value in PayloadReader.follow(part, from: [row]) {
                guard let text = texts.text(of: value), !joined.contains(text) else { continue }
                mark(value)
                joined.append(text)
            }
        }
        return joined.isEmpty ? nil : joined.joined(separator: separator)
    }

    private static func opened(_ rows: [JSONValue]) -> [JSONValue] {
        rows.contains { $0.kind == .array }
            ? rows.flatMap { $0.kind == .array ? Array($0.elements) : [$0] } : rows
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
