internal import Mustache

/// The three templates of a mail in one language.
struct MailTemplates {
    private let subject: Template
    private let text: Template
    private let html: Template

    /// A template with the file that it is of.
    private struct Template {
        let path: String
        let source: String
        let parsed: MustacheTemplate
    }

    /// Reads `templates/mail/<mail>/<language>/{subject,text,html}.mustache`.
    init(
        mail: String, language: ReportLanguage, resources: ReportResources
    ) throws(ReportError) {
        let folder = "templates/mail/\(mail)/\(language.rawValue)"
        // Only HTML escapes; `&quot;` has no place in a subject. The pragma is ours to add, so
        // that a customer who edits a letter cannot lose it.
        let plain = "{{% CONTENT_TYPE:TEXT}}"
        subject = try Self.template("\(folder)/subject.mustache", prefix: plain, resources)
        text = try Self.template("\(folder)/text.mustache", prefix: plain, resources)
        html = try Self.template(
            "\(folder)/html.mustache", prefix: "{{% CONTENT_TYPE:HTML}}",
            style: resources.text(of: "templates/mail/dark.css"), resources)
    }

    /// The subject in one line, the text and the HTML.
    ///
    /// - Parameters:
    ///   - values: The values by the names that templates use.
    ///   - rowNames: The names in rows of lists that may be empty.
    /// - Returns: The three texts.
    /// - Throws: ``ReportError/templateInvalid(file:message:)`` when a template names something that
    ///   there is not.
    func checkedRender(
        _ values: [String: Any], rowNames: [String: Set<String>] = [:]
    ) throws(ReportError) -> (subject: String, text: String, html: String) {
        let known = TemplateValues(rowNames: rowNames)
        for template in [subject, text, html] {
            guard let unknown = known.firstUnknown(in: template.source, values: values) else {
                continue
            }
            throw .templateInvalid(
                file: "\(template.path):\(unknown.line):\(unknown.column)",
                message: "there is nothing called '\(unknown.name)'; there are: "
                    + values.keys.sorted().joined(separator: ", "))
        }
        return render(values)
    }

    /// The subject in one line, the text and the HTML, of templates whose names were checked.
    func render(_ values: [String: Any]) -> (subject: String, text: String, html: String) {
        let line = subject.parsed.render(values).split(whereSeparator: \.isWhitespace)
        return (
            line.joined(separator: " "), text.parsed.render(values), html.parsed.render(values)
        )
    }

    private static func template(
        _ path: String, prefix: String, style: String? = nil, _ resources: ReportResources
    ) throws(ReportError) -> Template {
        let text = try resources.text(of: path)
        // One style for all letters, which a customer who edits one cannot lose either.
        let styled = style.map {
            text.replacing("</head>", with: "<style>\n\($0)</style>\n</head>")
        }
        do {
            return Template(
                path: path, source: text,
                parsed: try MustacheTemplate(string: prefix + (styled ?? text)))
        } catch {
            throw .templateInvalid(file: path, message: "this is no template: \(error)")
        }
    }
}
