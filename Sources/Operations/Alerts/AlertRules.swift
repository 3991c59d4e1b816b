internal import Alerting
internal import Foundation

/// Reads the rules of alerts, and the words in which they are told.
struct AlertRules {
    private let resources: ResourceFolders

    private static let folder = "templates/alerts"

    init(_ resources: ResourceFolders) { self.resources = resources }

    /// All rules, in the order of their names.
    ///
    /// - Throws: ``ConfigurationError`` with the place of a mistake.
    func all() throws -> [AlertRule] {
        let rules = try resources.names(in: Self.folder, withExtension: "yaml").map { name in
            let path = "\(Self.folder)/\(name).yaml"
            guard let text = try? resources.text(of: path) else {
                throw ConfigurationError("\(path) cannot be read as UTF-8 text")
            }
            do throws(AlertRuleError) {
                return try AlertRuleFile.parse(text, file: path, name: name)
            } catch {
                throw ConfigurationError(error.description)
            }
        }
        for rule in rules {
            for name in rule.inhibitedBy where !rules.contains(where: { $0.name == name }) {
                throw ConfigurationError(
                    "\(Self.folder)/\(rule.name).yaml: 'inhibited_by' names '\(name)', but there is "
                        + "no such rule")
            }
        }
        return rules
    }

    /// A rule.
    ///
    /// - Throws: ``ConfigurationError`` that names those that there are.
    func rule(_ name: String) throws -> AlertRule {
        let rules = try all()
        guard let rule = rules.first(where: { $0.name == name }) else {
            throw ConfigurationError(
                "there is no rule '\(name)'; there are: "
                    + rules.map(\.name).joined(separator: ", "))
        }
        return rule
    }

    /// The words of a language.
    func words(_ language: String, _ timeZone: TimeZone) throws -> AlertWords {
        let path = "\(Self.folder)/words/\(language).yaml"
        let texts = resources.folders.reversed().compactMap {
            try? String(contentsOf: $0.appending(path: path), encoding: .utf8)
        }
        do throws(AlertRuleError) {
            return try AlertWords(texts, language: language, timeZone: timeZone)
        } catch {
            throw ConfigurationError(error.description)
        }
    }
}
