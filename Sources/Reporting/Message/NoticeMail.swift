/// The letter of a notice that has none of its own: title, lines, a link.
public struct NoticeMail: Sendable {
    /// What to say.
    public struct Content: Hashable, Sendable {
        /// One line that says it all.
        public var title: String
        /// The lines below; an empty line parts paragraphs.
        public var lines: [String]
        /// Where there is more; `nil` for nowhere.
        public var link: String?
        /// `info`, `warning`, `error` or `critical`.
        public var severity: String
        /// Whose systems are watched; may be empty.
        public var company: String

        /// Makes content.
        public init(
            title: String, lines: [String], link: String?, severity: String, company: String
        ) {
            self.title = title
            self.lines = lines
            self.link = link
            self.severity = severity
            self.company = company
        }
    }

    /// The names that its templates may use.
    static let names: Set<String> = [
        "title", "lines", "line", "is_empty", "link", "has_link", "is_info", "is_warning",
        "is_error", "is_critical", "company", "has_company", "color", "language",
    ]

    private let templates: MailTemplates
    private let language: ReportLanguage

    /// Reads `templates/mail/notice`.
    ///
    /// - Parameters:
    ///   - resources: Where templates are.
    ///   - language: The language.
    /// - Throws: ``ReportError`` when a template is missing, not understood, or has a name that is not
    ///   known.
    public init(
        resources: ReportResources, language: ReportLanguage
    ) throws(ReportError) {
        try MailTemplates.check(
            mail: "notice", language: language, resources: resources, names: Self.names)
        templates = try MailTemplates(mail: "notice", language: language, resources: resources)
        self.language = language
    }

    /// Writes the letter.
    ///
    /// - Parameter content: What to say.
    /// - Returns: The three texts.
    public func letter(_ content: Content) -> NightlyAuditMail.Letter {
        let colors = [
            "info": "#1f3a5f", "warning": "#8a5a00", "error": "#a3261b", "critical": "#7a0019",
        ]
        var values: [String: Any] = [
            "title": content.title, "company": content.company,
            "has_company": !content.company.isEmpty,
            "lines": content.lines.map { ["line": $0, "is_empty": $0.isEmpty] as [String: Any] },
            "link": content.link ?? "", "has_link": content.link != nil,
            "color": colors[content.severity] ?? "#1f3a5f", "language": language.rawValue,
        ]
        for severity in colors.keys { values["is_\(severity)"] = severity == content.severity }
        let (subject, text, html) = templates.render(values)
        return NightlyAuditMail.Letter(subject: subject, text: text, html: html)
    }
}
