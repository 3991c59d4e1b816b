/// A message about alerts in words: a title, and lines for any channel.
public struct AlertLetter: Hashable, Sendable {
    /// One line that says the gravest.
    public let title: String
    /// The rest; an empty line parts paragraphs.
    public let lines: [String]

    /// Causes and examples that are told of one alert.
    public static let causeCount = 3
    /// Things concerned that are told of one alert.
    public static let exampleCount = 5

    /// Puts a message into words.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - details: What is behind each alert, by rule and key.
    ///   - words: The words.
    ///   - ceiling: Messages that are promised within a week at most; said when something gathered.
    public init(
        _ message: AlertMessage, details: [[String]: AlertDetails], words: AlertWords,
        ceiling: Int
    ) {
        var lines: [String] = []
        for notice in message.notices {
            if !lines.isEmpty { lines.append("") }
            let writer = NoticeWriter(notice, words)
            if message.notices.count > 1 { lines.append(writer.title) }
            lines += writer.lines(details[[notice.rule.name, notice.state.key]] ?? AlertDetails())
        }
        if message.notices.contains(where: { $0.state.told.isHeldBack }) {
            lines += ["", words.text("line.held_back", ["ceiling": String(ceiling)])]
        }
        let first = NoticeWriter(message.notices[0], words).title
        let more = message.notices.count - 1
        title =
            more > 0
            ? words.text("title.more", ["first": first, "count": String(more)]) : first
        self.lines = lines
    }
}
