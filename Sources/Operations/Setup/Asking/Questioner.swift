internal import Collection

/// Asks in one language, and again until an answer can be right.
struct Questioner {
    /// One of several answers.
    struct Choice<Value> {
        var value: Value
        /// What may be typed in place of its number.
        var name: String
        var title: String
    }

    /// How wide a terminal is as a rule.
    private static let width = 80

    private let console: any Console
    let words: SetupWords

    init(_ console: any Console, words: SetupWords) {
        self.console = console
        self.words = words
    }

    /// Begins a group of questions.
    func head(_ text: SetupText) {
        let title = words[text]
        console.say("\n\(title)\n\(String(repeating: "─", count: title.count))")
    }

    /// Tells something, set in so that questions stand out.
    func tell(_ text: SetupText, _ values: [String: String] = [:]) {
        tell(words.text(text, values))
    }

    /// Tells lines that were put together, set in; long ones go on in the next.
    func tell(_ lines: String, indent: Int = 2) {
        let margin = String(repeating: " ", count: indent)
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
            for part in Self.broken(line, width: Self.width - indent) {
                console.say(part.isEmpty ? "" : margin + part)
            }
        }
    }

    /// Tells lines that are to be copied: they stay whole.
    func show(_ lines: String) {
        for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
            console.say(line.isEmpty ? "" : "  " + line)
        }
    }

    /// Explains what is asked next, where it stands among other questions.
    func explain(_ text: SetupText) {
        console.say("")
        tell(text)
    }

    /// Asks until there is no complaint.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - usual: What an empty answer means; `nil` when there is no such answer.
    ///   - isSecret: Whether what is typed must not be seen.
    ///   - check: Takes the answer, or says why it cannot be right.
    /// - Returns: What the check made of the answer.
    /// - Throws: ``ConfigurationError`` when the input ends.
    func ask<Answer>(
        _ question: SetupText, usual: String? = nil, isSecret: Bool = false,
        check: (String) throws(Complaint) -> Answer
    ) throws -> Answer {
        while true {
            guard let line = console.ask(words[question], usual: usual, isSecret: isSecret) else {
                let isCancelled = Task<Never, Never>.isCancelled
                throw ConfigurationError(
                    words[isCancelled ? .refusalInterrupted : .refusalInputEnded])
            }
            do throws(Complaint) {
                // What is copied from a page has invisible spaces around it.
                return try check(AnswerCheck.readable(TextCleaning.trimmed(line)))
            } catch {
                tell(error.text, error.values)
            }
        }
    }

    /// Whether an answer says that there is none, where there need not be one.
    func isNone(_ answer: String) -> Bool {
        ["", "-", words[.startNone]].contains(answer.lowercased())
    }

    /// Asks for any text.
    func ask(_ question: SetupText, usual: String? = nil, isSecret: Bool = false) throws -> String {
        try ask(question, usual: usual, isSecret: isSecret) { (answer) throws(Complaint) in answer }
    }

    /// Shows numbered choices and asks for one of them, by number or name; the first is the usual one.
    func choose<Value>(_ question: SetupText, among choices: [Choice<Value>]) throws -> Value {
        console.say("\(words[question]):")
        let width = choices.map(\.name.count).max() ?? 0
        for (index, choice) in choices.enumerated() {
            let gap = String(repeating: " ", count: width - choice.name.count + 2)
            tell("\(index + 1)  \(choice.name)\(gap)\(choice.title)")
        }
        return try ask(.startNumber, usual: "1") { (answer) throws(Complaint) in
            if let number = Int(answer), choices.indices.contains(number - 1) {
                return choices[number - 1].value
            }
            guard let named = choices.first(where: { $0.name == answer }) else {
                throw Complaint(
                    .complaintChoice,
                    [
                        "last": String(choices.count),
                        "names": choices.map(\.name).joined(separator: ", "),
                    ])
            }
            return named.value
        }
    }

    /// A line in parts that are not wider, broken where there are spaces.
    static func broken(_ line: Substring, width: Int) -> [Substring] {
        var parts: [Substring] = []
        var rest = line
        while rest.count > width {
            let head = rest.prefix(width + 1)
            // A word that is too long, such as a path, stays whole.
            guard let space = head.lastIndex(of: " ") ?? rest.firstIndex(of: " "),
                space > rest.startIndex
            else { break }
            parts.append(rest[..<space])
            rest = rest[rest.index(after: space)...]
        }
        return parts + [rest]
    }
}
