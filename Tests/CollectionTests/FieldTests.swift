import Collection
import Foundation
import Records
import Testing

@Suite("Field values")
struct FieldTests {
    private func value(
        _ type: FieldType, _ texts: [String], isMultiple: Bool = false
    ) -> (FieldValue?, [ReadingNote]) {
        let field = FieldDefinition(
            name: FieldName("x"), type: type, isMultiple: isMultiple, title: LocalizedText([:]))
        var notes: [ReadingNote] = []
        let conversion = FieldConversion(
            field, timeZone: TimeZone(identifier: "Europe/Moscow") ?? .gmt)
        return (conversion.value(of: texts, notes: &notes), notes)
    }

    @Test(
        "texts become the type of the field",
        arguments: [
            (FieldType.boolean, "Да", FieldValue.boolean(true)), (.boolean, "N", .boolean(false)),
            (.boolean, "Истина", .boolean(true)), (.integer, "1 234", .integer(1234)),
            (.quantity, "1\u{A0}234,50", .quantity(Quantity(units: 12345, scale: 1))),
            (.quantity, "2.5e-05", .quantity(Quantity(units: 25, scale: 6))),
            (.quantity, "1.5E3", .quantity(Quantity(units: 1500, scale: 0))),
            (.money, "22729.1", .money(Money(minorUnits: 2_272_910))),
            (.instant, "2024-08-30T14:29:00+02:00", .instant(epochSeconds: 1_725_020_940)),
            (.instant, "2024-08-30T12:29:00Z", .instant(epochSeconds: 1_725_020_940)),
            (.instant, "2024-08-30T15:29:00", .instant(epochSeconds: 1_725_020_940)),
            (.instant, "30.08.2024 15:29:00", .instant(epochSeconds: 1_725_020_940)),
            (.instant, "30.08.2024 3:29:00", .instant(epochSeconds: 1_724_977_740)),
            (.date, "30/8/2024 15:29", .date(CalendarDate(daysSinceEpoch: 19_965))),
            (.text, "=1+1", .text("=1+1")),
        ])
    func converts(type: FieldType, text: String, expected: FieldValue) {
        let (value, notes) = value(type, [text])
        #expect(value == expected)
        #expect(notes.isEmpty)
    }

    @Test(
        "1C's empty date is no value and nothing to note",
        arguments: ["0001-01-01T00:00:00", "01.01.0001 0:00:00", "1/1/0001 12:00:00 AM"])
    func emptyDate(text: String) {
        let (value, notes) = value(.date, [text])
        #expect(value == nil && notes.isEmpty)
    }

    @Test("a text that does not fit is no value and is noted")
    func mismatch() {
        let (value, notes) = value(.quantity, ["много"])
        #expect(value == nil)
        #expect(notes == [ReadingNote(.typeMismatch, field: FieldName("x"))])
    }

    @Test("a name of 10 000 characters is kept whole; one beyond the limit is cut and noted")
    func long() {
        let name = String(repeating: "я", count: 10_000)
        #expect(value(.organizationName, [name]).0 == .text(name))
        let (cut, notes) = value(.text, [String(repeating: "я", count: 30_000)])
        #expect(cut?.plainText.count == TextCleaning.longestText)
        #expect(notes.map(\.kind) == [.cut])
    }

    @Test("several values keep their order, each once")
    func multiple() {
        #expect(value(.phone, ["2", "1", "2"], isMultiple: true).0 == .texts(["2", "1"]))
    }

    @Test("non-breaking spaces and marks around a text are left out, those inside stay")
    func trimmed() {
        #expect(TextCleaning.trimmed("\u{FEFF}\u{A0} ООО\u{A0}Р \t\n\u{200B}") == "ООО\u{A0}Р")
        #expect(TextCleaning.trimmed(" \u{A0}") == "")
    }

    @Test("HTML entities are decoded once")
    func entities() {
        #expect(
            TextCleaning.decodingHTMLEntities("&quot;A&amp;B&quot; &#1071;&#x42F; &amp;quot; & &x;")
                == "\"A&B\" ЯЯ &quot; & &x;")
    }

    @Test("ids of any spelling are told apart")
    func identities() {
        var set = IdentitySet()
        let guid = "a348aa8c-d629-11e5-0a9b-000c295e30eb"
        let isNew = [guid, guid, guid.uppercased(), "1", "01", "1"].map { set.insert($0) }
        #expect(isNew == [true, false, true, true, true, false])
        #expect(set.count == 4 && set.contains("01") && !set.contains("2"))
    }
}
