internal import Dispatch
public import RecordLinkage
internal import Records
internal import Synchronization

/// Links as rows of a CSV file: left_id, right_id, probability, weight (bits), reason.
///
/// Bytes are written one after another, without a text for each cell: a million links are some
/// hundred megabytes.
public struct LinkTable: Sendable {
    /// The rows so far, each with its line end.
    public private(set) var bytes: [UInt8]

    /// Makes a table with its header.
    public init() { bytes = Array("left_id,right_id,probability,weight,reason\n".utf8) }

    /// Adds many links, which several threads write.
    public mutating func add(_ links: LinkList) {
        let size = 16_384
        let rows = Mutex([Int: [UInt8]]())
        DispatchQueue.concurrentPerform(iterations: (links.count + size - 1) / size) { chunk in
            var part = LinkTable(bytes: [])
            let places = chunk * size..<min(links.count, (chunk + 1) * size)
            part.bytes.reserveCapacity(places.count * Self.usualRow)
            links.forEachFields(of: places) { part.add($0) }
            let bytes = part.bytes
            rows.withLock { $0[chunk] = bytes }
        }
        let parts = rows.withLock { $0 }
        bytes.reserveCapacity(bytes.count + parts.values.reduce(0) { $0 + $1.count })
        for chunk in 0..<parts.count { bytes += parts[chunk] ?? [] }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// About so many bytes has a row.
    private static let usualRow = 160

    private mutating func add(_ link: LinkList.Fields) {
        CSVRow.append(link.left, to: &bytes)
        bytes.append(Self.comma)
        CSVRow.append(link.right, to: &bytes)
        bytes.append(Self.comma)
        append(link.probability, places: 6)
        bytes.append(Self.comma)
        append(link.weightBits, places: 2)
        bytes.append(Self.comma)
        append(link.kind, link.detail)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Appends a reason: its kind, and what there is to say of it.
    private mutating func append(_ kind: LinkReason.Kind, _ detail: UnsafeBufferPointer<UInt8>) {
        // The names of kinds need no quotes.
        let isQuoted = CSVRow.needsQuotes(detail)
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        bytes.append(contentsOf: kind.rawValue.utf8)
        if !detail.isEmpty {
            bytes.append(UInt8(ascii: ":"))
            bytes.append(UInt8(ascii: " "))
            CSVRow.appendDoubled(detail, to: &bytes)
        }
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    }

    private static let comma = UInt8(ascii: ",")

    /// Appends a number with so many places after the point, rounded to the nearest.
    private mutating func append(_ number: Double, places: Int) {
        var scale: Int64 = 1
        for _ in 0..<places { scale *= 10 }
        let units = Int64((number * Double(scale)).rounded(.toNearestOrEven))
        if units < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: UInt64(scale))
        append(whole)
        bytes.append(UInt8(ascii: "."))
        var place = UInt64(scale) / 10
        while place > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / place % 10))
            place /= 10
        }
    }

    private mutating func append(_ number: UInt64) {
        var place: UInt64 = 1
        while number / place >= 10 { place *= 10 }
        while place > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / place % 10))
            place /= 10
        }
    }
}
