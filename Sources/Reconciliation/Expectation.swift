import Records

/// Which records of a side the other side is expected to have at all.
///
/// A CRM keeps no purchase prices, and not every warehouse; a request in it has no order in
/// accounting yet. What the rules of `missing` leave out (``Records/KindRule/within``,
/// ``Records/KindRule/exceptions``) is not missing.
struct Expectation {
    private let scope: [CompiledRules.MissingScope]
    private let exceptions: [CompiledRules.ValueList]
    /// What the other side's living records say in the fields of the scope.
    private let known: Set<[String]>

    init(_ rules: CompiledRules, of other: SideIndex) {
        scope = rules.missingScope
        exceptions = rules.missingExceptions
        guard !scope.isEmpty else {
            known = []
            return
        }
        var known: Set<[String]> = []
        for (position, record) in other.records.enumerated() where !other.isDeleted[position] {
            known.insert(scope.map { $0.key(of: record) })
        }
        self.known = known
    }

    /// Whether the other side should have a record.
    func holds(for record: Record) -> Bool {
        guard scope.isEmpty || known.contains(scope.map { $0.key(of: record) }) else {
            return false
        }
        return !exceptions.contains { $0.contains(record) }
    }
}

extension CompiledRules {
    /// A field by whose values records are told to be within what a side keeps.
    struct MissingScope {
        var field: Int

        /// The values, whatever the case of letters and the number of spaces.
        func key(of record: Record) -> String {
            guard let value = record[field] else { return "" }
            return value.plainText.lowercased().split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
        }
    }

    /// Some values of a field.
    struct ValueList {
        var field: Int
        private let texts: Set<String>
        private let numbers: Set<Quantity>
        private let equivalents: Equivalents?

        init(field: Int, texts: [String], equivalents: Equivalents?) {
            self.field = field
            self.texts = Set(texts.map { $0.lowercased() })
            numbers = Set(texts.compactMap { Quantity($0) })
            self.equivalents = equivalents
        }

        /// Whether a record has one of the values.
        func contains(_ record: Record) -> Bool {
            guard let value = record[field] else { return false }
            if let number = value.number { return numbers.contains(number) }
            let own = value.texts.isEmpty ? [value.plainText] : value.texts
            return own.contains { text in
                texts.contains(text.lowercased())
                    || texts.contains { equivalents?.areSame(text, $0) == true }
            }
        }
    }
}
