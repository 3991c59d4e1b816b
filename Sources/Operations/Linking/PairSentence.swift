internal import Definitions
internal import Foundation
public import RecordLinkage
public import Records

/// Says in one plain sentence why two records are, or are not, held to be the same thing.
public struct PairSentence: Sendable {
    private let language: String
    private let entity: EntityDefinition
    private let texts: [String: String]
    /// How the comparisons of the entity compare, by their names.
    private let methods: [String: ComparisonMethod]

    /// The languages that there are words for.
    public static let languages = ["ru", "en"]

    /// Reads the words.
    ///
    /// - Parameters:
    ///   - language: `ru` or `en`.
    ///   - entity: What the records are; its fields are called by their titles.
    ///   - resources: Where `templates/explanations` is.
    /// - Throws: ``ConfigurationError`` when the words are not there or cannot be read.
    public init(language: String, entity: EntityDefinition, resources: ResourceFolders) throws {
        self.language = language
        self.entity = entity
        let comparisons = entity.linkage.completed(for: entity.fields).comparisons ?? []
        methods = Dictionary(
            comparisons.map { ($0.name, $0.method) }, uniquingKeysWith: { first, _ in first })
        let path = "templates/explanations/\(language).yaml"
        var texts: [String: String] = [:]
        do throws(DefinitionError) {
            // A company's own words go over the built-in ones, which have them all.
            for folder in resources.folders.reversed() {
                let file = folder.appending(path: path)
                guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
                for (section, words) in try YAMLNode(parsing: text, file: path).pairs() {
                    for (key, word) in try words.pairs() {
                        texts["\(section.value).\(key.value)"] = try word.text()
                    }
                }
            }
        } catch {
            throw ConfigurationError(error.description)
        }
        guard !texts.isEmpty else { throw ConfigurationError("\(path) is not there") }
        self.texts = texts
    }

    /// The sentence about a pair.
    ///
    /// - Parameters:
    ///   - account: The pair.
    ///   - left: What to call the left record: its id.
    ///   - right: What to call the right one.
    /// - Returns: One sentence, without values of the records.
    public func text(_ account: PairAccount, left: RecordID, right: RecordID) -> String {
        let explanation = account.explanation
        var values = [
            "left": left.rawValue, "right": right.rawValue,
            "probability": percent(explanation.probability), "grounds": grounds(explanation),
            "detail": title(explanation.decidedBy?.detail ?? ""),
        ]
        let key: String
        switch account.outcome {
        case .assigned(isTied: true):
            key = "tied"
            values["rivals"] = tied(account)
        case .assigned: key = explanation.decidedBy?.kind.rawValue ?? "model"
        case .followed: key = "followed"
        case .refusedByPerson(let isImplied):
            key = isImplied ? "refused_by_conclusion" : "refused_by_person"
        case .refusedByKeys: key = "refused_by_keys"
        case .tooWeak: key = "too_weak"
        case .neverCompared: key = "never_compared"
        case .lost:
            let rivals = rivals(account, left: left, right: right)
            key = rivals.isEmpty ? "lost_alone" : "lost"
            values["rivals"] = rivals
        }
        return filled("outcomes.\(key)", values)
    }

    // MARK: Parts

    private func rivals(_ account: PairAccount, left: RecordID, right: RecordID) -> String {
        var parts: [String] = []
        for (key, rivals) in [
            ("left", account.counterpartsOfFirst), ("right", account.counterpartsOfSecond),
        ] where !rivals.isEmpty {
            parts.append(
                filled(
                    "rivals.\(key)",
                    [
                        "left": left.rawValue, "right": right.rawValue,
                        "rivals": rivals.prefix(3).map(\.id.rawValue).joined(separator: ", "),
                    ]))
        }
        return parts.joined(separator: texts["rivals.and"] ?? ", ")
    }

    private func tied(_ account: PairAccount) -> String {
        let rivals = account.equallyGood
        if rivals.isEmpty { return filled("rivals.tied_nobody", [:]) }
        return filled(
            "rivals.tied", ["rivals": rivals.prefix(3).map(\.rawValue).joined(separator: ", ")])
    }

    /// So many fields for, and as many against, are named.
    private static let mostGrounds = 3
    /// Less than half a bit says nothing worth a word.
    private static let leastBits = 0.5

    private func grounds(_ explanation: LinkageExplanation) -> String {
        let telling = explanation.evidence.filter { abs($0.weightBits) >= Self.leastBits }
            .sorted { abs($0.weightBits) > abs($1.weightBits) }
        func list(_ evidence: [LinkageExplanation.Evidence]) -> String {
            evidence.prefix(Self.mostGrounds).map(item).joined(separator: ", ")
        }
        let (pro, contra) = (
            list(telling.filter { $0.weightBits > 0 }), list(telling.filter { $0.weightBits < 0 })
        )
        let key =
            switch (pro.isEmpty, contra.isEmpty) {
            case (false, false): "both"
            case (false, true): "for"
            case (true, false): "against"
            case (true, true): "none"
            }
        return filled("grounds.\(key)", ["for": pro, "against": contra])
    }

    private func item(_ evidence: LinkageExplanation.Evidence) -> String {
        filled(
            "grounds.item",
            [
                "field": title(evidence.comparison),
                "agreement": texts["agreements.\(evidence.agreement.rawValue)"]
                    ?? evidence.agreement.rawValue,
                "bits": (evidence.weightBits < 0 ? "−" : "+")
                    + number(abs(evidence.weightBits), places: 1),
            ])
    }

    /// What people call a comparison, a rule or a field.
    private func title(_ name: String) -> String {
        if let word = texts["comparisons.\(name)"] { return word }
        // A comparison of several fields is called by what it does: `name_form`, the legal form.
        if entity.index(of: FieldName(name)) == nil, let method = methods[name],
            let word = texts["comparisons.\(method.rawValue)"]
        {
            return word
        }
        return name.split(separator: "+").map { part in
            guard let index = entity.index(of: FieldName(String(part))) else { return String(part) }
            return entity.fields[index].title[language]
        }.joined(separator: " + ")
    }

    private func percent(_ probability: Double) -> String {
        if probability > 0.9999 { return texts["numbers.almost_one"] ?? "" }
        if probability < 0.0001 { return texts["numbers.almost_zero"] ?? "" }
        return filled("numbers.percent", ["number": number(100 * probability, places: 2)])
    }

    private func number(_ value: Double, places: Int) -> String {
        String(format: "%.\(places)f", value)
            .replacing(".", with: texts["numbers.decimal_mark"] ?? ".")
    }

    private func filled(_ key: String, _ values: [String: String]) -> String {
        var (result, name) = ("", String?.none)
        // In one pass, so that an id with braces of its own stays what it is.
        for character in texts[key] ?? key {
            switch (character, name) {
            case ("{", nil): name = ""
            case ("}", .some(let found)):
                result += values[found] ?? ""
                name = nil
            case (_, .some(let found)): name = found + String(character)
            default: result.append(character)
            }
        }
        return result
    }
}
