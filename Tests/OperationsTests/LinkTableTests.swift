import Foundation
import RecordLinkage
import Records
import Testing

@testable import Operations

@Suite("Links as a CSV file")
struct LinkTableTests {
    private func row(
        _ probability: Double, _ weight: Double, left: String = "a", right: String = "1",
        _ reason: LinkReason = LinkReason(.model, detail: "")
    ) -> String {
        var table = LinkTable()
        table.add([
            Link(
                left: RecordID(left), right: RecordID(right), reason: reason,
                probability: probability, weightBits: weight, isAssigned: true)
        ])
        let lines = String(decoding: table.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "left_id,right_id,probability,weight,reason")
        return lines.count == 2 ? String(lines[1]) : "\(lines.count) lines"
    }

    @Test(
        "write numbers as a slow and obvious formatter does",
        arguments: [
            (0.0, 0.0), (1.0, 12.346), (0.5, -3.5), (0.999_999_6, -0.004), (0.000_000_4, 99.995),
            (0.123_456_5, -12.341), (0.25, 1_048_576.25),
        ])
    func numbers(probability: Double, weight: Double) {
        let expected = String(format: "a,1,%.6f,%.2f,model", probability, weight)
            .replacing(",-0.00,", with: ",0.00,")
        #expect(row(probability, weight) == expected)
    }

    @Test("quote what a program would take for more than one cell")
    func quoting() {
        #expect(
            row(1, 2, left: "a,b", right: "say \"x\"", LinkReason(.explicitID, detail: "origin_id"))
                == "\"a,b\",\"say \"\"x\"\"\",1.000000,2.00,explicit_id: origin_id")
        #expect(
            row(1, 2, LinkReason(.model, detail: "name \"A\" +9.1; phone +11.3"))
                == "a,1,1.000000,2.00,\"model: name \"\"A\"\" +9.1; phone +11.3\"")
    }

    @Test("written by several threads are those written one by one", arguments: [0, 1, 40_000])
    func threads(count: Int) {
        let links = (0..<count).map { number in
            Link(
                left: RecordID("left \(number)"), right: RecordID("\(number),\"quoted\""),
                reason: LinkReason(.model, detail: "name ≈ +\(number % 100).5"),
                probability: 1 / Double(number + 1), weightBits: Double(number % 90) - 30,
                isAssigned: true)
        }
        var (together, alone) = (LinkTable(), LinkTable())
        together.add(LinkList(links))
        for link in links { alone.add([link]) }
        #expect(together.bytes == alone.bytes)
    }
}
