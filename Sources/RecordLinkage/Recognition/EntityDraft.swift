import Records

/// Puts a definition together, column by column.
struct EntityDraft {
    private let otherIDs: OtherIDColumns
    private var fields: [FieldDefinition] = []
    private var columns: [[ColumnProfile]] = []
    /// Fields that are read for what is written into them.
    private var uncompared: [FieldDefinition] = []
    /// The fields with the parts of a name that one table has whole.
    private var nameParts: [FieldName] = []
    private(set) var notes: [String] = []
    private(set) var methodNotes: [String] = []

    init(otherIDs: OtherIDColumns) { self.otherIDs = otherIDs }

    /// Adds columns that say the same.
    ///
    /// - Parameters:
    ///   - group: The columns.
    ///   - ids: The id columns of both tables, which may be among them.
    mutating func add(_ group: ColumnPairing.Group, ids: [String] = []) {
        // A second column of a side is a field of its own, read as another writing of the first.
        for place in 0..<max(group.left.count, group.right.count) {
            let pair = [
                place < group.left.count ? group.left[place] : nil,
                place < group.right.count ? group.right[place] : nil,
            ].compactMap { $0 }
            let type = Self.type(pair)
            let name = fieldName(type, pair)
            append(name, type, pair, ids: ids)
        }
    }

    /// Adds a name that one table has whole: as the first of its parts, which is the whole where that
    /// has several words.
    mutating func add(_ person: PersonParts) {
        for (place, part) in person.parts.enumerated() {
            let pair = place == 0 ? [person.whole, part] : [part]
            let name = fieldName(.personName, [part])
            append(name, .personName, pair, ids: [])
            nameParts.append(name)
        }
    }

    /// Adds a text that is not compared, only read for an ИНН or a telephone in it.
    mutating func addUncompared(_ column: ColumnProfile) {
        uncompared.append(
            FieldDefinition(
                name: fieldName(.text, [column]), type: .text,
                title: LocalizedText(["en": column.header]), headers: [column.header]))
    }

    private mutating func append(
        _ name: FieldName, _ type: FieldType, _ pair: [ColumnProfile], ids: [String]
    ) {
        let headers = pair.map(\.header).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        fields.append(
            FieldDefinition(
                name: name, type: type, isMultiple: pair.contains(where: \.isMultiple),
                isPersonal: [.personName, .phone, .email, .address].contains(type),
                mayBeID: headers.contains(where: ids.contains),
                title: LocalizedText(["en": headers[0]]), headers: headers))
        columns.append(pair)
        notes.append(
            headers.sorted().joined(separator: " = ") + ": \(name) (\(type.rawValue))")
    }

    /// The type of a field whose columns may look different.
    private static func type(_ columns: [ColumnProfile]) -> FieldType {
        guard let first = columns.first else { return .text }
        if columns.allSatisfy({ $0.type == first.type }) { return first.type }
        let types = columns.map(\.type)
        if types.contains(.organizationName) { return .organizationName }
        if types.contains(.phone), !types.contains(.text) { return .phone }
        // Codes with spaces may look like words in one table and not in the other.
        if Set(types) == [.text, .code], columns.allSatisfy({ $0.wordsPerValue < 2.5 }),
            !columns.contains(where: { $0.isAmount || $0.isMeasure })
        {
            return .code
        }
        if types.contains(.code), types.contains(.date) { return .code }
        return .text
    }

    /// A name by type where it is the only one, else by header.
    private func fieldName(_ type: FieldType, _ columns: [ColumnProfile]) -> FieldName {
        let plain: String =
            switch type {
            case .text, .code, .personName, .date, .integer, .quantity, .money, .boolean, .instant,
                .line:
                Self.identifier(columns.first?.header ?? "field")
            case .organizationName: "name"
            default: type.rawValue
            }
        var (name, number) = (plain, 2)
        while name == OtherIDColumns.fieldName.rawValue
            || (fields + uncompared).contains(where: { $0.name.rawValue == name })
        {
            name = "\(plain)_\(number)"
            number += 1
        }
        return FieldName(name)
    }

    private static func identifier(_ header: String) -> String {
        let words = HeaderWords(header).words
        return words.isEmpty ? "field" : words.joined(separator: "_")
    }

    // MARK: Linkage

    mutating func entity(idHeaders: [String]) -> EntityDefinition {
        var linkage = linkage()
        linkage.explicitLinks = otherIDs.links
        return EntityDefinition(
            name: EntityName("recognized"), title: LocalizedText(["en": "Recognized table"]),
            fields: fields + uncompared + [otherIDs.field].compactMap(\.self),
            idHeaders: idHeaders.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
            linkage: linkage, reconciliation: ReconciliationDefinition())
    }

    private mutating func linkage() -> LinkageDefinition {
        let texts = fields.indices.filter { isFreeText($0) }
        var plain = fields
        for index in texts.reversed() { plain.remove(at: index) }
        plain.removeAll { nameParts.contains($0.name) }
        var linkage = LinkageDefinition().completed(for: plain)
        var comparisons = (linkage.comparisons ?? []).map { refined($0) }
        if let first = nameParts.first {
            comparisons.append(
                ComparisonDefinition(
                    name: first.rawValue, fields: nameParts, method: .personName))
        }
        var blocking =
            LinkageDefinition(comparisons: comparisons).completed(for: fields).blocking ?? []
        if !texts.isEmpty {
            let names = texts.map { fields[$0].name }
            comparisons.insert(
                ComparisonDefinition(name: "text", fields: names, method: .similarText), at: 0)
            blocking.insert(BlockingRule([BlockingKey(names[0], .similar)]), at: 0)
        }
        for index in fields.indices where !texts.contains(index) && saysNumbers(index) {
            let name = fields[index].name
            comparisons.append(
                ComparisonDefinition(name: "\(name)_numbers", fields: [name], method: .numbers))
        }
        if let name = typedOverName(texts) {
            blocking.append(BlockingRule([BlockingKey(name, .similar)]))
        }
        // Many pairs of weak keys find little that strong keys do not.
        let strong = blocking.filter { $0.keys.count == 1 }
        if strong.count >= 5 {
            var weak = blocking.filter { $0.keys.count > 1 }
            weak.removeAll { rule in
                !rule.keys.contains { $0.transform == .prefix }
                    || !rule.keys.contains { $0.transform == .city || $0.transform == .whole }
            }
            blocking = strong + weak.prefix(4)
        }
        linkage.comparisons = comparisons
        linkage.blocking = blocking
        addRules(&linkage)
        methodNotes =
            [
                "compared: "
                    + comparisons.map {
                        "\($0.fields.map(\.rawValue).joined(separator: "+")) by \($0.method.rawValue)"
                    }.joined(separator: ", "),
                "looked at: records with the same " + blocking.map(\.name).joined(separator: "; "),
            ] + linkage.rules.map { "rule: \($0.name)" }
        return linkage
    }

    /// The name whose nearest are looked up by their letters, too, which finds what is typed over beyond
    /// any key; of small tables only, as it takes as long as all else of large ones.
    private func typedOverName(_ texts: [Int]) -> FieldName? {
        guard texts.isEmpty,
            columns.joined().allSatisfy({ $0.tableRows <= Self.mostRowsLookedUp })
        else { return nil }
        return fields.indices.filter {
            [.organizationName, .text].contains(fields[$0].type) && !isAmount($0)
                && !isMeasure($0) && !columns[$0].contains(where: \.isCategory)
        }.max { wordsPerValue($0) < wordsPerValue($1) }.map { fields[$0].name }
    }

    private static let mostRowsLookedUp = 20_000

    private func wordsPerValue(_ index: Int) -> Double {
        columns[index].reduce(0) { $0 + $1.wordsPerValue } / Double(max(1, columns[index].count))
    }

    /// Texts of many words, and short ones beside them: read as one text, of which records choose the
    /// nearest.
    ///
    /// Of names of a few words each word tells more by itself.
    private func isFreeText(_ index: Int) -> Bool {
        guard isPlainText(index), !isCategory(index) else { return false }
        return fields.indices.contains { other in
            isPlainText(other)
                && columns[other].contains { $0.wordsPerValue >= Self.wordsOfFreeText }
        }
    }

    private static let wordsOfFreeText = 6.0

    private func isPlainText(_ index: Int) -> Bool {
        fields[index].type == .text && !isAmount(index) && !isMeasure(index)
    }

    /// Whether both tables have the same few words: of two lists of names for the same, equality says
    /// nothing.
    private func isCategory(_ index: Int) -> Bool {
        guard let first = columns[index].first, columns[index].allSatisfy(\.isCategory) else {
            return false
        }
        return columns[index].allSatisfy { $0.sharesValues(with: first) }
    }

    private func isMeasure(_ index: Int) -> Bool {
        columns[index].contains(where: \.isMeasure)
    }

    /// Whether sizes and the like stand within the texts: two that differ in these are two things.
    private func saysNumbers(_ index: Int) -> Bool {
        fields[index].type == .text && columns[index].allSatisfy { $0.numbersInTexts > 0.3 }
    }

    private func isAmount(_ index: Int) -> Bool {
        columns[index].contains(where: \.isAmount)
    }

    /// Amounts by difference, words of a short list by equality, short texts by their letters.
    private func refined(_ comparison: ComparisonDefinition) -> ComparisonDefinition {
        var refined = comparison
        guard let index = fields.firstIndex(where: { $0.name == comparison.fields.first }) else {
            return comparison
        }
        switch comparison.method {
        case .tokens where isMeasure(index): refined.method = .numbers
        case .tokens where isAmount(index): refined.method = .numeric
        case .tokens, .digits:
            if [.text, .code].contains(fields[index].type), isCategory(index) {
                refined.method = .exact
            }
        default: break
        }
        return refined
    }

    /// Numbers with check digits decide where they are unique.
    private func addRules(_ linkage: inout LinkageDefinition) {
        guard let taxID = fields.first(where: { $0.type == .taxID })?.name else { return }
        guard let kpp = fields.first(where: { $0.type == .kpp })?.name else {
            linkage.rules = [
                KeyRule(
                    name: taxID.rawValue, same: [taxID], isUnique: true, leastOtherEvidence: -6)
            ]
            return
        }
        linkage.rules = [
            KeyRule(name: "\(taxID)+\(kpp)", same: [taxID, kpp]),
            KeyRule(
                name: taxID.rawValue, same: [taxID], compatible: [kpp], isUnique: true,
                leastOtherEvidence: -6),
        ]
        linkage.distinctions = [Distinction(same: [taxID], different: [kpp], overruledBy: 3)]
    }
}
