extension MailTemplates {
    /// Refuses templates that use names which there are not: they would leave empty places in a mail.
    ///
    /// - Throws: ``ReportError/templateInvalid(file:message:)`` with line and column.
    static func check(
        mail: String, language: ReportLanguage, resources: ReportResources, names: Set<String>
    ) throws(ReportError) {
        for part in ["subject", "text", "html"] {
            let path = "templates/mail/\(mail)/\(language.rawValue)/\(part).mustache"
            let text = try resources.text(of: path)
            guard let use = TemplateNames.unknown(in: text, known: names) else { continue }
            throw .templateInvalid(
                file: path,
                message: "line \(use.line), column \(use.column): there is no '\(use.name)'; known "
                    + "here: \(names.sorted().joined(separator: ", "))")
        }
    }
}
