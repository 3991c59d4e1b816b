import Collection
import Foundation
import Testing

@Suite("JSON reader")
struct JSONReaderTests {
    private func root(_ text: String) throws -> JSONValue { try JSONDocument(parsing: text).root }

    @Test("numbers keep their text")
    func numbers() throws {
        let value = try root("[22729.10, -0, 1e-05, 9007199254740993, 200040300010]")
        let texts = value.elements.map(\.scalarText)
        #expect(texts == ["22729.10", "-0", "1e-05", "9007199254740993", "200040300010"])
        #expect(value[4]?.integer == 200_040_300_010)
    }

    @Test("members keep their order and are found by name")
    func members() throws {
        let value = try root(#"{"b": 1, "ИНН": "5024089920", "a": [true, null], "b": 2}"#)
        #expect(value.members.map(\.name) == ["b", "ИНН", "a", "b"])
        #expect(value["ИНН"]?.string == "5024089920")
        #expect(value["b"]?.integer == 2)
        #expect(value["a"]?[1]?.isNull == true)
        #expect(value["c"] == nil)
        #expect(value["a"]?.jsonText == "[true, null]")
    }

    @Test("a member name written with escapes is found too")
    func escapedName() throws {
        #expect(try root(#"{"\u0418\u041d\u041d": 1}"#)["ИНН"]?.integer == 1)
    }

    @Test("escapes and surrogate pairs are undone")
    func escapes() throws {
        let value = try root(#"["\"\\\/\b\f\n\r\t", "\u041e\u041e\u041e \uD83D\uDE00"]"#)
        #expect(value[0]?.string == "\"\\/\u{8}\u{C}\n\r\t")
        #expect(value[1]?.string == "ООО 😀")
        #expect(value[1]?.hadBrokenEncoding == false)
    }

    @Test("a NUL is left out and reported, as an escape and as a byte")
    func nul() throws {
        let value = try JSONDocument(
            parsing: Array("{\"a\": \"ООО\\u0000 Р\", \"b\": \"x\u{0}y\", \"c\": \"z\"}".utf8)
        ).root
        #expect(value["a"]?.string == "ООО Р")
        #expect(value["b"]?.string == "xy")
        #expect(value.hadNUL && value["a"]?.hadNUL == true && value["c"]?.hadNUL == false)
        #expect(value.jsonText == #"{"a":"ООО Р","b":"xy","c":"z"}"#)
    }

    @Test(
        "bytes that are not UTF-8 become U+FFFD and are reported",
        arguments: [
            ([0xD0], "\u{FFFD}"), ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xFF, 0x41], "\u{FFFD}A"),
            ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ] as [([UInt8], String)])
    func brokenUTF8(bytes: [UInt8], mended: String) throws {
        let text: [UInt8] = [0x5B, 0x22] + bytes + [0x22, 0x5D]
        let value = try JSONDocument(parsing: text).root
        #expect(value[0]?.string == mended)
        #expect(value.hadBrokenEncoding)
        #expect(value.jsonText == "[\"\(mended)\"]")
    }

    @Test("half a surrogate pair becomes U+FFFD", arguments: [#""\uD83D""#, #""\uDE00""#])
    func loneSurrogate(text: String) throws {
        let value = try root(text)
        #expect(value.string == "\u{FFFD}")
        #expect(value.hadBrokenEncoding)
    }

    @Test("a byte order mark before the text is skipped")
    func byteOrderMark() throws { #expect(try root("\u{FEFF}[1]")[0]?.integer == 1) }

    @Test(
        "what is not JSON is refused with the byte",
        arguments: [
            ("", JSONError.Problem.truncated, 0), ("[1, 2", .truncated, 5),
            (#"{"a": "b"#, .truncated, 8), ("[1,]", .unexpectedCharacter, 3),
            ("{'a': 1}", .unexpectedCharacter, 1), ("<html>", .unexpectedCharacter, 0),
            ("[1] x", .trailingText, 4), ("[01]", .badNumber, 1), ("[1.]", .badNumber, 3),
            (#"["\x"]"#, .badEscape, 2), ("nul", .truncated, 3), ("[-]", .badNumber, 2),
        ])
    func refuses(text: String, problem: JSONError.Problem, offset: Int) {
        #expect(throws: JSONError(problem, at: offset)) { try JSONDocument(parsing: text) }
    }

    @Test("nesting has a limit")
    func depth() throws {
        let deep = String(repeating: "[", count: 129) + String(repeating: "]", count: 129)
        #expect(throws: JSONError(.tooDeep, at: 128)) { try JSONDocument(parsing: deep) }
        #expect(throws: Never.self) {
            try JSONDocument(parsing: String(deep.dropFirst().dropLast()))
        }
    }

    @Test("every beginning of a document is refused as truncated")
    func truncation() {
        let text = #"{"a": [1.5e3, "\u0041\n", {"b": true}], "c": null}"#
        for length in 0..<text.utf8.count {
            let part = Array(text.utf8.prefix(length))
            #expect(throws: JSONError(.truncated, at: length)) { try JSONDocument(parsing: part) }
        }
    }

    @Test("reads random documents as Foundation does", arguments: 0..<40 as Range<UInt64>)
    func likeFoundation(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = RandomJSON.document(using: &generator)
        let expected = try JSONSerialization.jsonObject(
            with: Data(text.utf8), options: .fragmentsAllowed)
        let value = try root(text)
        #expect(RandomJSON.isSame(value, expected))
        // What the writer makes of it reads the same once more.
        var writer = JSONWriter()
        writer.write(value)
        #expect(RandomJSON.isSame(try root(writer.text), expected))
    }

    @Test(
        "accepts and refuses what Foundation does, but for a comma too many",
        arguments: 0..<40 as Range<UInt64>)
    func refusesLikeFoundation(seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ 1_000)
        for _ in 0..<20 {
            var bytes = Array(RandomJSON.document(using: &generator).utf8)
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            if Bool.random(using: &generator) {
                bytes.remove(at: position)
            } else {
                bytes[position] = Array(#"{}[]",:0x.-"#.utf8).randomElement(using: &generator) ?? 0
            }
            // Only texts in UTF-8 can be compared: broken bytes are mended here.
            guard let text = String(validating: bytes, as: UTF8.self) else { continue }
            let isAccepted =
                (try? JSONSerialization.jsonObject(
                    with: Data(bytes), options: .fragmentsAllowed)) != nil
            let document = try? JSONDocument(parsing: bytes)
            // Half a surrogate pair is mended here and refused there.
            if document?.root.hadBrokenEncoding == true { continue }
            // Foundation lets a comma stand before a closing bracket; RFC 8259 does not.
            if text.contains(#/,\s*[\]}]/#), document == nil { continue }
            #expect((document != nil) == isAccepted, "\(text)")
        }
    }
}
