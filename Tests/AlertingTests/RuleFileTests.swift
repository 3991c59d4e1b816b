import Alerting
import Foundation
import TestSupport
import Testing

@Suite("Files of rules")
struct RuleFileTests {
    private static let whole = """
        rule: x
        title: {ru: Т, en: T}
        advice: {ru: С, en: A}
        measure: journal_errors
        period: hour
        labels: {error_type: connection.*}
        group_by: [object_kind]
        spike: {deviations: 4.5, ratio: 3, minimum: 12}
        severity: error
        hold: {breaches: 2, of: 3}
        calm_periods: 4
        repeat: {first: 30m, factor: 3, longest: 2d}
        cause: integration
        inhibited_by: [y]
        """

    @Test("say everything of a rule")
    func whole() throws {
        let rule = try AlertRuleFile.parse(Self.whole, file: "x.yaml", name: "x")
        #expect(
            rule.condition
                == .spike(
                    SpikeTest(deviationTenths: 45, ratioTenths: 30, minimum: 12)))
        #expect(rule.hold == .init(breaches: 2, of: 3))
        #expect(rule.repetition == .init(first: 1_800, factor: 3, longest: 172_800))
        #expect(rule.groupBy == ["object_kind"])
        #expect(rule.wants(["error_type": "connection.timeout"]))
        #expect(!rule.wants(["error_type": "data.format"]))
        #expect(!rule.wants([:]))
    }

    @Test("may say that it cannot wait until morning, which none of ours does")
    func critical() throws {
        let text = Self.whole.replacing("severity: error", with: "severity: critical")
        let rule = try AlertRuleFile.parse(text, file: "x.yaml", name: "x")
        #expect(rule.severity == .critical)
        #expect(AlertSeverity.allCases.sorted() == AlertSeverity.allCases)
    }

    @Test(
        "that are not right are told with their place",
        arguments: [
            ("rule: x", "rule: z", "x.yaml:1:7: the rule is named 'z' but its file 'x'"),
            ("period: hour", "period: night", "x.yaml:5:9: journal_errors is measured by: "),
            ("object_kind", "colour", "x.yaml:7:12: journal_errors has no label 'colour'"),
            ("ratio: 3", "ratios: 3", "unknown key 'ratios'; known here: deviations, minimum"),
            ("breaches: 2", "breaches: 4", "of the last 3 periods 4 cannot be breaches"),
            ("factor: 3", "factor: 0.5", "pauses must not get shorter"),
            ("minimum: 12", "minimum: many", "expected a whole number"),
            ("severity: error", "at_least: 5", "exclude each other"),
            ("measure: journal_errors", "measure: weather", "'weather' is not one of"),
            ("spike:", "spikes:", "unknown key 'spikes'"),
            ("rule: x", "\tx", "x.yaml"),
        ])
    func mistakes(from: String, to: String, message: String) {
        let text = Self.whole.replacing(from, with: to)
        let error = #expect(throws: AlertRuleError.self) {
            try AlertRuleFile.parse(text, file: "x.yaml", name: "x")
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("that are built in are right, and their words are there in both languages")
    func builtIn() throws {
        let folder = ProjectFolders.root.appending(path: "templates/alerts")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "yaml" }
        #expect(files.count >= 12)
        var names: Set<String> = []
        var inhibitors: Set<String> = []
        for file in files {
            let name = file.deletingPathExtension().lastPathComponent
            let rule = try AlertRuleFile.parse(
                String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent, name: name)
            names.insert(name)
            inhibitors.formUnion(rule.inhibitedBy)
        }
        #expect(inhibitors.isSubset(of: names))
        let words = try ["ru", "en"].map { language in
            try AlertWords(
                [
                    String(
                        contentsOf: folder.appending(path: "words/\(language).yaml"),
                        encoding: .utf8)
                ],
                language: language, timeZone: moscow
            ).keys
        }
        #expect(words[0] == words[1])
    }
}
