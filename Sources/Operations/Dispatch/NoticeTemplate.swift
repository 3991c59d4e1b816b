public import Channels
internal import Definitions
public import Foundation
internal import Mustache
public import Reporting

/// The words of a notice in one language: the first line is its title, the others its lines.
///
/// `templates/notices/NAME/ru.mustache`, or a company's own in the overrides folder. Values are given
/// by name; a name that there is not is an error when the template is read, not an empty place in what
/// people get.
public struct NoticeTemplate: Sendable {
    private let template: MustacheTemplate
    private let language: ReportLanguage

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - name: The folder below `templates/notices`.
    ///   - language: The language.
    ///   - resources: Where templates are.
    ///   - names: All names that it may use, of all levels.
    /// - Throws: ``ConfigurationError`` when there is none; `DefinitionError` with line and column when
    ///   it is not understood or uses another name.
    public init(
        _ name: String, language: ReportLanguage, resources: ResourceFolders, names: Set<String>
    ) throws {
        let path = "templates/notices/\(name)/\(language.rawValue).mustache"
        let text = try resources.text(of: path)
        if let use = TemplateNames.unknown(in: text, known: names) {
            throw DefinitionError(
                file: path, line: use.line, column: use.column,
                message: "there is no '\(use.name)'; known here: "
                    + names.sorted().joined(separator: ", "))
        }
        do {
            template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
        } catch {
            throw DefinitionError(file: path, message: "\(error)")
        }
        self.language = language
    }

    /// Writes a notice.
    ///
    /// - Parameters:
    ///   - values: Values by name: texts, truths, lists of further values.
    ///   - topic: What it is about, for programs.
    ///   - severity: How much it matters.
    ///   - link: Where there is more.
    ///   - time: When it happened.
    /// - Returns: The notice; line breaks within a value do not make lines of their own of it.
    public func notice(
        _ values: [String: Any], topic: String, severity: Notice.Severity, link: String? = nil,
        time: Date
    ) -> Notice {
        let lines = template.render(values.mapValues(Self.inOneLine))
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        let body = lines.dropFirst().drop { $0.isEmpty }
        return Notice(
            topic: topic, title: lines.first ?? "",
            lines: Array(body.reversed().drop { $0.isEmpty }.reversed()), link: link,
            severity: severity, language: language.rawValue,
            time: Int64(time.timeIntervalSince1970))
    }

    /// A company's name with line breaks must not become a line that we seem to say.
    private static func inOneLine(_ value: Any) -> Any {
        switch value {
        case let text as String:
            return text.split(whereSeparator: \.isNewline).joined(separator: " ")
        case let list as [[String: Any]]: return list.map { $0.mapValues(inOneLine) }
        case let group as [String: Any]: return group.mapValues(inOneLine)
        default: return value
        }
    }
}
