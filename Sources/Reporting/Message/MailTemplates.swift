internal import Mustache

/// The three templates of a mail in one language.
struct MailTemplates {
    private let subject: MustacheTemplate
    private let text: MustacheTemplate
    private let html: MustacheTemplate

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
            "\(folder)/html.mustache", prefix: "{{% CONTENT_TYPE:HTML}}", resources)
    }

    /// The subject in one line, the text and the HTML.
    func render(_ context: [String: Any]) -> (subject: String, text: String, html: String) {
        let line = subject.render(context).split(whereSeparator: \.isWhitespace)
        return (
            line.joined(separator: " "), text.render(context), html.render(context)
        )
    }

    private static func template(
        _ path: String, prefix: String, _ resources: ReportResources
    ) throws(ReportError) -> MustacheTemplate {
        let text = try resources.text(of: path)
        do {
            return try MustacheTemplate(string: prefix + text)
        } catch {
            throw .templateInvalid(file: path, message: "\(error)")
        }
    }
}
