@testable import RecordLinkage
import Records
import TestSupport
import Testing

/// What is read where it stands against the types that read the same with care.
@Suite("Identifiers read plainly")
struct IdentifierReadingTests {
    @Test("telephone numbers are those that PhoneNumber reads", arguments: (0 as UInt64)..<20)
    func phones(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let pieces = [
            "8", "7", "+7", "+", "810", "495", "(", ")", " ", "-", "1", "2", "00", "доб. 3", ", ",
            "#4", "x",
        ]
        for _ in 0..<500 {
            let text = (0..<1 + random.below(12)).map { _ in random.one(of: pieces) }.joined()
            #expect(
                read(text, .phone)
                    == PhoneNumber.all(in: text).map { Reading($0.digits, $0.isComplete) })
        }
    }

    @Test("e-mail addresses are those that EmailAddress reads", arguments: (0 as UInt64)..<20)
    func emails(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let pieces = ["info", "A", "@", ".", ".ru", "-", "_", "é", ";", " ", "Ы", "mail.com"]
        for _ in 0..<500 {
            let text = (0..<1 + random.below(9)).map { _ in random.one(of: pieces) }.joined()
            #expect(
                read(text, .email)
                    == EmailAddress.all(in: text).map { Reading($0.description, true) })
        }
    }

    private struct Reading: Hashable {
        var text: String
        var isValid: Bool

        init(_ text: String, _ isValid: Bool) {
            self.text = text
            self.isValid = isValid
        }
    }

    private func read(_ text: String, _ type: FieldType) -> [Reading] {
        var text = text
        return text.withUTF8 { bytes in
            var readings: [Reading] = []
            IdentifierReading.read(bytes, type) { value, isValid in
                readings.append(Reading(String(decoding: value, as: UTF8.self), isValid))
            }
            return readings
        }
    }
}
