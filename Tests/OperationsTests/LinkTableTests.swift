import Operations
import Records
import Testing

@Suite("Links as rows of a file")
struct LinkTableTests {
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
        together.add(links)
        for link in links { alone.add(link) }
        #expect(together.bytes == alone.bytes)
    }
}
