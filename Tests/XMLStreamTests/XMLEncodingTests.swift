import Foundation
import Testing
import XMLStream

@Suite struct XMLEncodingTests {
    static let names = "<a><b>Общество «Ромашка» № 5 — ёж</b></a>"
    static let events = ["<a", "<b", "Общество «Ромашка» № 5 — ёж", "/b", "/a"]

    /// A document in an encoding under a declaration.
    static func bytes(
        _ encoding: String.Encoding, declared: String?, mark: [UInt8] = [], body: String = names
    ) throws -> [UInt8] {
        let text = (declared.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>\n" } ?? "") + body
        return mark + [UInt8](try #require(text.data(using: encoding)))
    }

    struct Case: CustomTestStringConvertible {
        let encoding: String.Encoding
        let declared: String?
        var mark: [UInt8] = []
        let read: XMLEncoding
        var isRepaired = false
        var testDescription: String { "\(read.rawValue) declared \(declared ?? "nothing")" }
    }

    static let cases = [
        Case(encoding: .utf8, declared: "UTF-8", read: .utf8),
        Case(encoding: .utf8, declared: "utf-8", mark: [0xEF, 0xBB, 0xBF], read: .utf8),
        Case(encoding: .utf8, declared: nil, read: .utf8),
        Case(encoding: .windowsCP1251, declared: "windows-1251", read: .windows1251),
        Case(
            encoding: .utf16LittleEndian, declared: "UTF-16", mark: [0xFF, 0xFE],
            read: .utf16LittleEndian),
        Case(
            encoding: .utf16BigEndian, declared: "UTF-16", mark: [0xFE, 0xFF],
            read: .utf16BigEndian),
        Case(encoding: .utf16LittleEndian, declared: "UTF-16", read: .utf16LittleEndian),
        Case(encoding: .utf16BigEndian, declared: nil, read: .utf16BigEndian),
        // The bytes disprove the declaration.
        Case(encoding: .utf8, declared: "windows-1251", read: .utf8, isRepaired: true),
        Case(
            encoding: .utf8, declared: "windows-1251", mark: [0xEF, 0xBB, 0xBF], read: .utf8,
            isRepaired: true),
        Case(encoding: .windowsCP1251, declared: "UTF-8", read: .windows1251, isRepaired: true),
        Case(encoding: .windowsCP1251, declared: nil, read: .windows1251, isRepaired: true),
        Case(encoding: .utf8, declared: "UTF-16", read: .utf8),
        Case(
            encoding: .utf16LittleEndian, declared: "UTF-8", mark: [0xFF, 0xFE],
            read: .utf16LittleEndian, isRepaired: true),
    ]

    @Test(arguments: cases, [1, 7, 1 << 16])
    func readsAndRepairs(_ one: Case, pieces: Int) throws {
        let bytes = try Self.bytes(one.encoding, declared: one.declared, mark: one.mark)
        let (events, parser) = try parsed(bytes, pieces: pieces)
        #expect(events == Self.events)
        #expect(parser.encoding == one.read)
        #expect(parser.isEncodingRepaired == one.isRepaired)
    }

    @Test func decidesByTheFirstLettersHoweverLateTheyCome() throws {
        let padding = String(repeating: "<c>ascii only</c>", count: 20_000)
        let bytes = try Self.bytes(
            .windowsCP1251, declared: "UTF-8", body: "<a>\(padding)<b>Привет, мир</b></a>")
        let (events, parser) = try parsed(bytes)
        #expect(events.suffix(3) == ["Привет, мир", "/b", "/a"])
        #expect(parser.isEncodingRepaired)
    }

    @Test func reportsOneBrokenCharacterInUTF8() throws {
        var bytes = try Self.bytes(.utf8, declared: "UTF-8")
        let place = try #require(bytes.lastIndex(of: 0xD1))
        bytes[place] = 0xFF
        let error = try #require(throws: XMLError.self) { try parsed(bytes) }
        #expect(error.problem == .wrongEncoding(.utf8))
        #expect(error.line == 2)
    }

    @Test func reportsHalfASurrogatePair() throws {
        var bytes = try Self.bytes(.utf16LittleEndian, declared: nil, mark: [0xFF, 0xFE])
        bytes.replaceSubrange(10..<12, with: [0x00, 0xDC])
        let error = try #require(throws: XMLError.self) { try parsed(bytes) }
        #expect(error.problem == .wrongEncoding(.utf16LittleEndian))
        #expect(error.byte == 10)
    }

    @Test func reportsUTF16CutWithinACharacter() throws {
        let bytes = try Self.bytes(.utf16LittleEndian, declared: nil, mark: [0xFF, 0xFE])
        let error = try #require(throws: XMLError.self) { try parsed(Array(bytes.dropLast())) }
        #expect(error.problem == .truncated)
    }
}
