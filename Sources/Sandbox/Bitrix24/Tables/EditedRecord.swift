/// A record of the portal that one employee made and one changed last.
///
/// Neither has to be the one who is responsible for it.
protocol EditedRecord {
    /// The employee who made it.
    var creatorID: Int64 { get }
    var createdAt: UInt32 { get }
    var modifiedAt: UInt32 { get }
}

extension EditedRecord {
    /// The employee who changed it last, which anyone may; the one who made it where nobody has.
    var editorID: Int64 {
        modifiedAt > createdAt ? Employee.editorID(at: modifiedAt) : creatorID
    }
}

extension Employee {
    /// The employee who changes a record at a moment, in seconds since 1970: any of them, whether or not
    /// they work there still.
    static func editorID(at moment: UInt32) -> Int64 {
        Int64(moment % UInt32(TradeBuilder.editorCount)) + 1
    }
}

/// One that somebody is responsible for.
protocol AssignedRecord: EditedRecord {
    var assignedBy: UInt16 { get }
}

extension AssignedRecord {
    /// A few enter what all are responsible for.
    var creatorID: Int64 { Int64(assignedBy % 7) + 1 }
}

extension Company: AssignedRecord {}
extension Contact: AssignedRecord {}
extension Deal: AssignedRecord {}
extension SmartInvoice: AssignedRecord {}

extension CatalogProduct: EditedRecord {
    var creatorID: Int64 { Int64(createdBy) }
}
