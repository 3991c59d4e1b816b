/// Words of another side, made fit to be kept: in one line, cut, without addresses, telephone numbers
/// and secrets.
public enum ForeignText {
    /// The longest text that is kept.
    public static let lengthMax = 200

    /// Makes words fit to be kept.
    ///
    /// - Parameters:
    ///   - text: The words as they came.
    ///   - secrets: What must not stand in them, whoever put it there.
    /// - Returns: One line of at most ``lengthMax`` characters.
    public static func kept(_ text: String, without secrets: [String] = []) -> String {
        var text = text
        for secret in secrets where secret.count > 3 {
            text = text.split(separator: secret, omittingEmptySubsequences: false)
                .joined(separator: "•••")
        }
        let words = text.split { $0.isWhitespace || $0.asciiValue.map { $0 < 32 } == true }
        let line = words.map { isPersonal($0) ? "•••" : String($0) }.joined(separator: " ")
        return line.count > lengthMax ? line.prefix(lengthMax - 1) + "…" : line
    }

    /// Whether a word is an address, or has the digits of a telephone number.
    private static func isPersonal(_ word: Substring) -> Bool {
        word.contains("@") || word.count(where: \.isNumber) >= 10
    }
}
