import Foundation
import Records
import Testing

@testable import Operations
@testable import RecordLinkage

@Suite("One sentence about a pair")
struct PairSentenceTests {
    private let resources = ResourceFolders(overrides: nil)

    private func sentence(
        _ language: String, _ change: (inout PairAccount) -> Void,
        in folders: ResourceFolders? = nil
    ) throws -> String {
        let entity = try EntityCatalog(resources).entity("counterparty")
        func evidence(
            _ name: String, _ agreement: LinkageExplanation.Agreement, _ bits: Double
        ) -> LinkageExplanation.Evidence {
            LinkageExplanation.Evidence(
                comparison: name, leftValue: "a", rightValue: "b", level: "exact",
                agreement: agreement, weightBits: bits, rarityBits: 0)
        }
        var account = PairAccount(
            explanation: LinkageExplanation(
                evidence: [
                    evidence("name", .similar, 9.14), evidence("tax_id", .equal, 12.06),
                    evidence("legal_form", .equal, 1.1), evidence("phone", .different, -2.52),
                    evidence("place", .none, 0), evidence("email", .equal, 0.6),
                ],
                weightBits: 20.4, priorBits: -9, probability: 0.99874, decidedBy: nil,
                isDistinct: false),
            blocking: [], isCandidate: true, outcome: .assigned(isTied: false),
            counterpartsOfFirst: [], counterpartsOfSecond: [], equallyGood: [])
        change(&account)
        return try PairSentence(
            language: language, entity: entity, resources: folders ?? resources
        ).text(account, left: RecordID("L1"), right: RecordID("7"))
    }

    private func rival(_ id: String) -> PairAccount.Rival {
        PairAccount.Rival(id: RecordID(id), probability: 0.9, weightBits: 12)
    }

    @Test("names the strongest grounds for and against, in Russian and in English")
    func model() throws {
        #expect(
            try sentence("ru") { _ in }
                == "Одно и то же с вероятностью 99,87 %; за: ИНН (совпадает, +12,1), "
                + "Наименование (похоже, +9,1), правовая форма (совпадает, +1,1); "
                + "против: Телефон (различается, −2,5).")
        #expect(
            try sentence("en") { _ in }
                == "The same with a probability of 99.87%; for it: Tax ID (INN) (equal, +12.1), "
                + "Name (alike, +9.1), legal form (equal, +1.1); against it: Phone (different, −2.5)."
        )
    }

    @Test("says who won instead", arguments: ["ru", "en"])
    func lost(language: String) throws {
        let text = try sentence(language) {
            $0.outcome = .lost
            $0.counterpartsOfFirst = [rival("8"), rival("9")]
            $0.counterpartsOfSecond = [rival("L4")]
        }
        let expected =
            language == "ru"
            ? "L1 связана с 8, 9 и 7 связана с L4" : "L1 goes with 8, 9 and 7 goes with L4"
        #expect(text.contains(expected))
    }

    @Test(
        "has words for everything that can become of a pair, each its own", arguments: ["ru", "en"])
    func outcomes(language: String) throws {
        let outcomes: [PairAccount.Outcome] = [
            .assigned(isTied: false), .assigned(isTied: true), .followed,
            .refusedByPerson(isImplied: false), .refusedByPerson(isImplied: true), .refusedByKeys,
            .tooWeak, .neverCompared, .lost,
        ]
        var texts = try outcomes.map { outcome in try sentence(language) { $0.outcome = outcome } }
        for kind in [LinkReason.Kind.verdict, .explicitID, .rule] {
            texts.append(
                try sentence(language) {
                    $0.explanation.decidedBy = LinkReason(kind, detail: "tax_id+kpp")
                })
        }
        texts.append(
            try sentence(language) {
                $0.outcome = .tooWeak
                $0.explanation.evidence = []
            })
        #expect(Set(texts).count == texts.count)
        for text in texts {
            #expect(text.hasSuffix(".") && !text.contains("{") && !text.contains("outcomes"))
        }
    }

    @Test("a company's own words go over the built-in ones")
    func overrides() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "sverka-words-\(ProcessInfo.processInfo.globallyUniqueString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appending(path: "templates/explanations")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data("outcomes: {model: \"Совпало: {grounds}.\"}\n".utf8)
            .write(to: place.appending(path: "ru.yaml"))
        let own = ResourceFolders(overrides: folder)
        #expect(try sentence("ru", { _ in }, in: own).hasPrefix("Совпало: за: ИНН"))
        #expect(try sentence("en", { _ in }, in: own).hasPrefix("The same with"))
    }
}
