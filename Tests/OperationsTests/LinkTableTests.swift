import Foundation
import RecordLinkage
import Records
import Synchronization
import Testing

@testable import Operations

@Suite("Links as a CSV file")
struct LinkTableTests {
    private func pieces(of links: [Link]) throws -> [[UInt8]] {
        let pieces = Mutex([[UInt8]]())
        try LinkTable.write(LinkList(links)) { piece in pieces.withLock { $0.append(piece) } }
        return pieces.withLock { $0 }
    }

    private func row(
        _ probability: Double, _ weight: Double, left: String = "a", right: String = "1",
        _ reason: LinkReason = LinkReason(.model, detail: "")
    ) -> String {
        let link = Link(
            left: RecordID(left), right: RecordID(right), reason: reason,
            probability: probability, weightBits: weight, isAssigned: true)
        let lines =
            (try? pieces(of: [link]).joined())
            .map { String(decoding: $0, as: UTF8.self).split(separator: "\n") } ?? []
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
    func threads(count: Int) throws {
        let links = (0..<count).map { number in
            Link(
                left: RecordID("left \(number)"), right: RecordID("\(number),\"quoted\""),
                reason: LinkReason(.model, detail: "name ≈ +\(number % 100).5"),
                probability: 1 / Double(number + 1), weightBits: Double(number % 90) - 30,
                isAssigned: true)
        }
        let alone = try links.flatMap { try pieces(of: [$0])[1] }
        #expect(try pieces(of: links).joined().elementsEqual(pieces(of: [])[0] + alone))
    }

    @Test("that cannot be written on are not tried again", arguments: [0, 1, 3])
    func failure(at failing: Int) {
        struct Full: Error {}
        let links = (0..<200_000).map { number in
            Link(
                left: RecordID("\(number)"), right: RecordID("\(number)"),
                reason: LinkReason(.model, detail: ""), probability: 1, weightBits: 9,
                isAssigned: true)
        }
        let calls = Mutex(0)
        #expect(throws: Full.self) {
            try LinkTable.write(LinkList(links)) { _ in
                let call = calls.withLock { count in
                    defer { count += 1 }
                    return count
                }
                if call >= failing { throw Full() }
            }
        }
        #expect(calls.withLock { $0 } == failing + 1)
    }

    @Test(
        "quote line ends of any kind, wherever they stand",
        arguments: ["\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}", "\r", ";", "\n"])
    func lineEnds(special: String) {
        for place in [0, 1, 15, 16, 17, 40] {
            var text = String(repeating: "№ «я» — ", count: 6)
            text.insert(contentsOf: special, at: text.index(text.startIndex, offsetBy: place))
            var cell: [UInt8] = []
            Array(text.utf8).withUnsafeBufferPointer { CSVRow.append($0, to: &cell) }
            #expect(String(decoding: cell, as: UTF8.self) == "\"\(text)\"")
        }
        var plain: [UInt8] = []
        let harmless = String(repeating: "№ «я» — Ѕ", count: 6)
        Array(harmless.utf8).withUnsafeBufferPointer { CSVRow.append($0, to: &plain) }
        #expect(String(decoding: plain, as: UTF8.self) == harmless)
    }
}
