import Records

/// Puts a definition together, column by column.
struct EntityDraft {
    private let isSingle: Bool
    private let otherIDs: OtherIDColumns
    private var fields: [FieldDefinition] = []
    private var columns: [[ColumnProfile]] = []
    private(set) var notes: [String] = []
    private(set) var methodNotes: [String] = []

    init(isSingle: Bool, otherIDs: OtherIDColumns) {
        (self.isSingle, self.otherIDs) = (isSingle, otherIDs)
    }

    mutating func add(_ group: ColumnPairing.Group) {
        // A second column of a side is a field of its own, read as another writing of the first.
        for place in 0..<max(group.left.count, group.right.count) {
            let pair = [
                place < group.left.count ? group.left[place] : nil,
                place < group.right.count ? group.right[place] : nil,
            ].compactMap { $0 }
            let type = Self.type(pair)
            let name = fieldName(type, pair)
            let headers = pair.map(\.header)
            fields.append(
                FieldDefinition(
                    name: name, type: type, isMultiple: pair.contains(where: \.isMultiple),
                    isPersonal: [.personName, .phone, .email, .address].contains(type),
                    title: LocalizedText(["en": headers[0]]),
                    headers: headers.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }))
            columns.append(pair)
            notes.append(
                Set(headers).sorted().joined(separator: " = ") + ": \(name) (\(type.rawValue))")
        }
    }

    /// The type of a field whose columns may look different.
    private static func type(_ columns: [ColumnProfile]) -> FieldType {
        guard let first = columns.first else { return .text }
        if columns.allSatisfy({ $0.type == first.type }) { return first.type }
        let types = columns.map(\.type)
        if types.contains(.organizationName) { return .organizationName }
        if types.contains(.phone), !types.contains(.text) { return .phone }
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
            || fields.contains(where: { $0.name.rawValue == name })
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
            fields: fields + [otherIDs.field].compactMap(\.self),
            idHeaders: idHeaders.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
            linkage: linkage, reconciliation: ReconciliationDefinition())
    }

    private mutating func linkage() -> LinkageDefinition {
        let texts = fields.indices.filter { isFreeText($0) }
        var plain = fields
        for index in texts.reversed() { plain.remove(at: index) }
        var linkage = LinkageDefinition().completed(for: plain)
        var comparisons = (linkage.comparisons ?? []).map { refined($0) }
        var blocking =
            LinkageDefinition(comparisons: comparisons).completed(for: plain).blocking ?? []
        if !texts.isEmpty {
            let names = texts.map { fields[$0].name }
            comparisons.insert(
                ComparisonDefinition(name: "text", fields: names, method: .similarText), at: 0)
            blocking.insert(BlockingRule([BlockingKey(names[0], .similar)]), at: 0)
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

    /// Texts of several words, and short ones beside them: read as one text.
    private func isFreeText(_ index: Int) -> Bool {
        guard fields[index].type == .text, !isAmount(index) else { return false }
        let hasLong = fields.indices.contains { other in
            fields[other].type == .text && columns[other].contains { $0.wordsPerValue >= 3 }
        }
        return hasLong && !columns[index].allSatisfy(\.isCategory)
            || columns[index].contains { $0.wordsPerValue >= 3 }
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
        case .tokens where isAmount(index): refined.method = .numeric
        case .tokens, .digits:
            if [.text, .code].contains(fields[index].type),
                columns[index].allSatisfy(\.isCategory)
            {
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
