import Records
import Testing

@Suite("Codes")
struct CodeTextTests {
    @Test(
        "are the same whatever stands between their letters, in any case and alphabet",
        arguments: [
            "SO-10240-80", "so-10240-80", "SO 10240 80", "SO1024080", "SО–10240–80", "sо/10240.80",
        ])
    func same(text: String) {
        #expect(CodeText(text) == CodeText("SO-10240-80"))
    }

    @Test(
        "other letters and digits make another code",
        arguments: [
            ("SO-10240-80", "SO-10240-81"), ("АВ-1", "АВ-11"), ("Ж-5", "Х-5"), ("У-7", "Y-7"),
        ])
    func different(left: String, right: String) {
        #expect(CodeText(left) != CodeText(right))
    }

    @Test("of nothing but signs nothing is left", arguments: ["", " ", "-", "№", "—/—"])
    func empty(text: String) {
        #expect(CodeText(text).characters.isEmpty)
    }
}
