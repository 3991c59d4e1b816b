/// One of the trading company's own legal entities: `Catalog_Организации`, and a company of the
/// portal with `IS_MY_COMPANY`.
struct OwnFirm: Sendable {
    var key: GUID
    /// What the numbers of its documents begin with: `ТДЦБ`.
    var prefix: String
    var name: OrganizationName
    var taxID: String
    var kpp: String
    var registrationNumber: String
    /// The company of the portal.
    var companyID: Int64

    /// The short name in 1C.
    var description: String { "\(name.core()) \(name.form.short)" }
    /// The name on documents.
    var fullName: String { "\(name.form.short) \"\(name.core())\"" }
}

/// The number of a document, `ТДЦБ-000042`, which begins anew each year.
struct DocumentNumber: Hashable, Sendable {
    /// Which prefix: the own firm's place.
    var firm: UInt8
    var sequence: UInt32

    /// The prefixes of the own firms, in their order.
    static let prefixes = ["ТДЦБ", "ТДУП", "ТДЮГ"]

    /// The eleven characters.
    var text: String {
        var writer = ByteWriter(capacity: 16)
        writer.raw(Self.prefixes[Int(firm)])
        writer.byte(UInt8(ascii: "-"))
        writer.number(Int64(sequence), digits: 6)
        return writer.text
    }
}
