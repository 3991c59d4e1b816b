import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Letters on dark")
struct DarkLetterTests {
    /// Those that can be read on dark as they are: the head and its texts, the bars of severities.
    private static let kept: Set = [
        "background-color:#1f3a5f", "color:#ffffff", "color:#d5dfec", "background-color:#c0392b",
        "background-color:#d9a400",
    ]

    @Test("have another colour for each that they have on light")
    func everyColour() throws {
        let folder = SamplePlaces.root.appending(path: "templates/mail")
        let dark = try String(contentsOf: folder.appending(path: "dark.css"), encoding: .utf8)
        let letters = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("html.mustache") }
        #expect(letters.count >= 14)
        for letter in letters {
            // Which of two colours it is does not matter here.
            let text = try String(contentsOf: folder.appending(path: letter), encoding: .utf8)
                .replacing(/\{\{[^}]*\}\}/, with: "")
            for match in text.matches(of: /(?:background-color|color):#[0-9a-f]{6}/) {
                let colour = String(match.output)
                guard !Self.kept.contains(colour) else { continue }
                #expect(
                    dark.contains("[style*=\"\(colour)\"]")
                        || dark.contains("[style*=\";\(colour)\"]"), "\(letter): \(colour)")
            }
        }
    }

    @Test("carry the colours in their heads", arguments: ReportLanguage.allCases)
    func carried(language: ReportLanguage) throws {
        let letter = try ReportLetter(
            ReportDefinition(report: "run-failed", resources: SampleReport.resources),
            SampleTables.document("run-failed", language), file: .init(),
            resources: SampleReport.resources)
        let html = letter.html
        let style = try #require(html.firstRange(of: "<style>"))
        let end = try #require(html.firstRange(of: "</head>"))

        #expect(style.upperBound < end.lowerBound)
        #expect(html.contains("@media (prefers-color-scheme: dark) {"))
    }
}
