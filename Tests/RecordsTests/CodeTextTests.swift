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
        "are the same in letters of either alphabet that have one shape, У and Y too",
        arguments: [
            ("АВЕКМНОРСТУХ", "ABEKMHOPCTYX"), ("У123УУ77", "Y123YY77"),
            ("а 777 ву 199", "A777BY199"), ("СУ-7", "CY7"), ("АРТ-У5", "APT-Y5"),
        ])
    func shapes(cyrillic: String, latin: String) {
        #expect(CodeText(cyrillic) == CodeText(latin))
    }

    @Test("names are read otherwise: in them У is no Y")
    func names() {
        #expect(FoldedText("Фирма УХ").words != FoldedText("Фирма YX").words)
    }

    @Test(
        "other letters and digits make another code",
        arguments: [
            ("SO-10240-80", "SO-10240-81"), ("АВ-1", "АВ-11"), ("Ж-5", "Х-5"), ("З-7", "3-7"),
            ("И-7", "N-7"),
        ])
    func different(left: String, right: String) {
        #expect(CodeText(left) != CodeText(right))
    }

    @Test("of nothing but signs nothing is left", arguments: ["", " ", "-", "№", "—/—"])
    func empty(text: String) {
        #expect(CodeText(text).characters.isEmpty)
    }
}
