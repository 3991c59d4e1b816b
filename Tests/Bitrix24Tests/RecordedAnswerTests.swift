@testable import Bitrix24
import Collection
import Foundation
import TestSupport
import Testing

@Suite("Answers recorded from portals")
struct RecordedAnswerTests {
    private static let folder = ProjectFolders.shared?.appending(path: "bitrix24")

    private func answer(_ name: String) throws -> PortalAnswer {
        let folder = try #require(Self.folder)
        let bytes = Array(try Data(contentsOf: folder.appending(path: "recorded/\(name).json")))
        var body = bytes
        if let response = try JSONDocument(parsing: bytes).root["response"] {
            body = Array(response.jsonText.utf8)
        }
        return try PortalAnswer(
            HTTPResponse(status: 200, body: body),
            to: PortalAnswer.Question(method: "batch", host: "portal.example"))
    }

    private func isMissing(_ outcome: BatchAnswer.Outcome) -> Bool {
        if case .missing = outcome { true } else { false }
    }

    @Test(
        "every file is read, as Foundation reads it",
        .enabled(if: folder != nil, "needs the recorded answers beside the checkout"))
    func everyFile() throws {
        let folder = try #require(Self.folder)
        var count = 0
        for part in ["recorded", "docs"] {
            let files = try FileManager.default.contentsOfDirectory(
                at: folder.appending(path: part), includingPropertiesForKeys: nil)
            for file in files where file.pathExtension == "json" {
                let data = try Data(contentsOf: file)
                let value = try JSONDocument(parsing: Array(data)).root
                let again = try JSONSerialization.jsonObject(with: Data(value.jsonText.utf8))
                let expected = try JSONSerialization.jsonObject(with: data)
                #expect(
                    (again as? NSObject) == (expected as? NSObject), "\(file.lastPathComponent)")
                count += 1
            }
        }
        #expect(count > 80)
    }

    @Test(
        "an empty list inside a batch is an answer",
        .enabled(if: folder != nil, "needs the recorded answers beside the checkout"))
    func emptyList() throws {
        let batch = BatchAnswer(try answer("batch-list-empty").result)
        guard case .result(let value) = batch["order0000000000"] else {
            Issue.record("the empty list was not found")
            return
        }
        #expect(value.rows?.isEmpty == true)
        #expect(isMissing(batch["c0"]))
    }

    @Test(
        "results and errors are found in maps and in the lists that PHP makes of them",
        .enabled(if: folder != nil, "needs the recorded answers beside the checkout"))
    func mapsAndLists() throws {
        let mixed = BatchAnswer(try answer("crm-get-batch-mix-success-and-errors").result)
        guard case .result(let value) = mixed["35943"], case .failure(let error) = mixed["1"] else {
            Issue.record("an outcome was not found")
            return
        }
        #expect(value["ID"]?.string == "35943")
        #expect(error["error_description"]?.string == "Not found")
        #expect(isMissing(mixed["2"]))
        let list = BatchAnswer(try answer("crm-dealcategory-stage-list-batch-of-one").result)
        guard case .result(let stages) = list["0"] else {
            Issue.record("the list in the list was not found")
            return
        }
        #expect(stages.rows?.count == 8)
        let failed = BatchAnswer(try answer("crm-get-batch-of-two-error").result)
        guard case .failure = failed["0"], case .failure = failed["1"] else {
            Issue.record("an error was not found")
            return
        }
    }

    @Test(
        "a used-up operating time inside a good batch is waited for",
        .enabled(if: folder != nil, "needs the recorded answers beside the checkout"))
    func operatingTime() throws {
        let batch = BatchAnswer(try answer("batch-operation-time-limit").result)
        guard case .failure(let error) = batch["592dcd1e-cd14-410f-bab5-76b3ede717dd"],
            let refusal = PortalRefusal(error, status: 200)
        else {
            Issue.record("the refusal was not found")
            return
        }
        let answer = refusal.answer(to: "crm.company.list", at: "portal.example", reset: nil)
        #expect(answer.isTransient && answer.pause == .seconds(150))
        #expect(answer.error.kind == .limited)
    }
}
