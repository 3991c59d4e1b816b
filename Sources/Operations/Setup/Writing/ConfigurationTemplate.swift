internal import Mustache

/// The text of `sverka.yaml` in one language, with places for what was answered.
struct ConfigurationTemplate {
    /// Where comments stand behind values that are short enough.
    private static let commentColumn = 38

    private let template: MustacheTemplate

    /// Reads `templates/config/sverka.<language>.yaml.mustache`.
    ///
    /// - Throws: ``ConfigurationError`` when it is not there or not right.
    init(_ language: SetupLanguage, resources: ResourceFolders) throws {
        let path = "templates/config/sverka.\(language.rawValue).yaml.mustache"
        let text = try resources.text(of: path)
        do { template = try MustacheTemplate(string: text) } catch {
            throw ConfigurationError("\(path): \(error)")
        }
    }

    /// Fills in the answers.
    func text(of answers: SetupAnswers) -> String {
        template.render(answers.forTemplate)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map(Self.aligned).joined(separator: "\n")
    }

    /// A line with its comment in the common column.
    ///
    /// A tab stands before it and nowhere else, since no
    /// answer holds one.
    private static func aligned(_ line: Substring) -> String {
        guard let tab = line.firstIndex(of: "\t") else { return String(line) }
        let gap = max(2, commentColumn - line.distance(from: line.startIndex, to: tab))
        return line[..<tab] + String(repeating: " ", count: gap)
            + line[line.index(after: tab)...]
    }
}
