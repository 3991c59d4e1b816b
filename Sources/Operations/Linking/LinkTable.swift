public import RecordLinkage
internal import Records

/// Links as rows of a CSV file: left_id, right_id, probability, weight (bits), reason.
///
/// Bytes are written one after another, without a text for each cell: a million links are some
/// hundred megabytes.
public struct LinkTable: Sendable {
    /// The first row.
    static let header = Array("left_id,right_id,probability,weight,reason\n".utf8)

    /// The rows so far, each with its line end.
    private var bytes: [UInt8] = []

    /// Hands over a header and the rows of links, piece by piece.
    ///
    /// Several threads make the rows; while one of them hands over, the others go on.
    ///
    /// - Parameters:
    ///   - links: The links.
    ///   - write: Takes the next piece; called by one thread at a time.
    /// - Throws: What `write` throws; it is not called again after that.
    public static func write(
        _ links: LinkList, to write: @Sendable ([UInt8]) throws -> Void
    ) throws {
        try write(header)
        let size = 16_384
        try OrderedPieces.make(count: (links.count + size - 1) / size) { piece in
            var rows = LinkTable()
            let places = piece * size..<min(links.count, (piece + 1) * size)
            rows.bytes.reserveCapacity(places.count * usualRow)
            links.forEachFields(of: places) { rows.add($0) }
            return rows.bytes
        } take: { bytes in
            try write(bytes)
        }
    }

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
