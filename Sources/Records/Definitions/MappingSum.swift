/// What is added up over the rows of a list that get one id: what lies on several accounts is one
/// stock.
public struct MappingSum: Hashable, Sendable {
    /// The fields that are added up, quantities all; the others are those of one of the rows.
    public var fields: [FieldName]
    /// The members that tell the rows apart, which the id does not.
    public var rows: [String]

    /// Makes a sum.
    public init(fields: [FieldName], rows: [String]) {
        self.fields = fields
        self.rows = rows
    }
}
