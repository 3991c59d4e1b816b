/// Why an answer cannot be right.
struct Complaint: Error {
    var text: SetupText
    var values: [String: String]

    init(_ text: SetupText, _ values: [String: String] = [:]) {
        self.text = text
        self.values = values
    }
}
