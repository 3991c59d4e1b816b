internal import Records

/// Pairs of a left and a right record, as a memory keeps them.
struct KnownPairs: Sendable {
    let left: Frozen<UInt32>
    let right: Frozen<UInt32>
    let probability: Frozen<Double>
    let weight: Frozen<Double>
    let flags: Frozen<UInt8>
    let reasons: KnownReasons

    init(_ memory: LinkageMemory, _ name: String) {
        left = memory.elements(name + " left")
        right = memory.elements(name + " right")
        probability = memory.elements(name + " probability")
        weight = memory.elements(name + " weight")
        flags = memory.elements(name + " flags")
        reasons = KnownReasons(memory, name)
    }

    var count: Int { left.count }
}

/// Reasons, one after another, as a memory keeps them.
struct KnownReasons: Sendable {
    private let kinds: Frozen<UInt8>
    private let starts: Frozen<UInt64>
    private let details: Frozen<UInt8>

    init(_ memory: LinkageMemory, _ name: String) {
        kinds = memory.elements(name + " kinds")
        starts = memory.elements(name + " detail starts")
        details = memory.elements(name + " details")
    }

    @inline(__always)
    func kind(_ place: Int) -> LinkReason.Kind { Self.allKinds[Int(kinds[place])] }

    private static let allKinds = LinkReason.Kind.allCases

    @inline(__always)
    func detail(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        details[Int(starts[place])..<Int(starts[place + 1])]
    }

    subscript(place: Int) -> LinkReason {
        LinkReason(kind(place), detail: String(decoding: detail(place), as: UTF8.self))
    }
}

/// Links of a memory that stand, among those that were decided again.
///
/// A class, as it is asked for one link after another and has a dozen references.
final class KeptLinks: Sendable {
    private let known: KnownPairs
    private let records: KnownRecords
    private let again: [Link]
    /// Where each link comes from: a place among the known, or, below nought, among those of now.
    private let sources: [Int32]

    init(known: KnownPairs, records: KnownRecords, again: [Link], sources: [Int32]) {
        (self.known, self.records) = (known, records)
        (self.again, self.sources) = (again, sources)
    }

    var count: Int { sources.count }

    subscript(position: Int) -> Link {
        let source = Int(sources[position])
        guard source >= 0 else { return again[-1 - source] }
        return Link(
            left: records.recordID(known.left[source]),
            right: records.recordID(known.right[source]), reason: known.reasons[source],
            probability: known.probability[source], weightBits: known.weight[source],
            isAssigned: known.flags[source] & 1 != 0)
    }

    func forEachFields(of positions: Range<Int>, _ body: (LinkList.Fields) -> Void) {
        let (known, records) = (known, records)
        for source in sources[positions].lazy.map(Int.init) {
            guard source >= 0 else {
                LinkList.withFields(again[-1 - source], body)
                continue
            }
            body(
                LinkList.Fields(
                    left: records.id(known.left[source]), right: records.id(known.right[source]),
                    kind: known.reasons.kind(source), detail: known.reasons.detail(source),
                    probability: known.probability[source], weightBits: known.weight[source],
                    isAssigned: known.flags[source] & 1 != 0))
        }
    }

    var probabilities: [Double] {
        sources.map { $0 < 0 ? again[-1 - Int($0)].probability : known.probability[Int($0)] }
    }

    var kinds: [LinkReason.Kind] {
        sources.map { $0 < 0 ? again[-1 - Int($0)].reason.kind : known.reasons.kind(Int($0)) }
    }
}
