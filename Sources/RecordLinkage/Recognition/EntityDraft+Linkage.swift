import Records

// What is compared and how, and which pairs are looked at.
extension EntityDraft {
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
        var linkage = LinkageDefinition().completed(for: plain)
        var comparisons = (linkage.comparisons ?? []).map { refined($0) }
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
            // A number with words in one table, and alone in the other.
            if columns[index].contains(where: { $0.type == .code }) {
                blocking.append(BlockingRule([BlockingKey(name, .numbers)]))
            }
        }
        for name in typedOverNames(texts) {
            blocking.append(BlockingRule([BlockingKey(name, .similar)]))
        }
        for name in joined where comparisons.contains(where: { $0.fields.first == name }) {
            // The parts may stand in another order, so that no beginning is the same.
            for transform: BlockingKey.Transform in [.rareWord, .wordPair] {
                let rule = BlockingRule([BlockingKey(name, transform)])
                if !blocking.contains(rule) { blocking.append(rule) }
            }
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
    /// any key, and what stands in other columns in the other table; of small tables only, as it takes as
    /// long as all else of large ones.
    private func typedOverNames(_ texts: [Int]) -> [FieldName] {
        guard texts.isEmpty,
            columns.joined().allSatisfy({ $0.tableRows <= Self.mostRowsLookedUp })
        else { return [] }
        let name = fields.indices.filter {
            [.organizationName, .text].contains(fields[$0].type) && !isAmount($0)
                && !isMeasure($0) && !columns[$0].contains(where: \.isCategory)
        }.max { wordsPerValue($0) < wordsPerValue($1) }.map { fields[$0].name }
        return joined + [name].compactMap(\.self).filter { !joined.contains($0) }
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
                && columns[other].contains { $0.plainWordsPerValue >= Self.wordsOfFreeText }
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

    /// Whether one table says in which year and the other on which day.
    private func saysYears(_ index: Int) -> Bool {
        columns[index].contains(where: \.isYear) && columns[index].contains { $0.type == .date }
    }

    /// Whether sizes and the like stand within the texts: two that differ in these are two things.
    private func saysNumbers(_ index: Int) -> Bool {
        let isText =
            fields[index].type == .text && !isMeasure(index) && !isAmount(index)
            || fields[index].type == .address && joined.contains(fields[index].name)
        return isText && columns[index].contains { $0.numbersInTexts > 0.3 }
            && columns[index].allSatisfy { $0.numbersInTexts > 0.3 || $0.type == .code }
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
        case .tokens where isMeasure(index) || saysYears(index): refined.method = .numbers
        case .tokens where isAmount(index): refined.method = .numeric
        case .tokens, .digits:
            guard [.text, .code].contains(fields[index].type) else { break }
            if isCategory(index) {
                refined.method = .exact
            } else if columns[index].allSatisfy({ $0.isCategory && $0.saysNumbersShortly }) {
                // A floor is 3 in the one table and 3/12 in the other.
                refined.method = .numbers
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
