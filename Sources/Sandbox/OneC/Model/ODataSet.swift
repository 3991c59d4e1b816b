/// An entity set of the infobase, or what a virtual table answers with.
protocol ODataSet: AnyObject, Sendable {
    /// `Catalog_Контрагенты`.
    var name: String { get }
    /// The properties in the order in which JSON has them.
    var properties: [ODataProperty] { get }
    /// The columns that tell one entity from another; none of a virtual table.
    var key: [Int] { get }
    var count: Int { get }
    /// A value; sections give null here.
    func value(_ column: Int, at row: Int) -> ODataValue
    /// The rows of a section: for each the values of its properties.
    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]]
    /// What a person sees of an entity.
    func presentation(at row: Int) -> String
    /// What the platform sorts references by: the name, or date and number.
    func sortKey(at row: Int) -> String
    /// Orders that were worked out before.
    var orders: ODataOrders { get }
    /// The functions that are bound to the set.
    var virtualTables: [any VirtualTable] { get }
}

extension ODataSet {
    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]] { [] }
    func sortKey(at row: Int) -> String { presentation(at: row) }
    var virtualTables: [any VirtualTable] { [] }

    /// The place of a property.
    func column(named name: some StringProtocol) -> Int? {
        properties.firstIndex { $0.name == name }
    }

    /// `Catalog_X(guid'…')`, `InformationRegister_X(Period=datetime'…',Валюта_Key=guid'…')`.
    func path(at row: Int) -> String {
        if key == [0], case .guid(let guid) = value(0, at: row) {
            return "\(name)(guid'\(guid.text)')"
        }
        let parts = key.map { column in
            let value = value(column, at: row)
            let literal =
                switch value {
                case .guid: "guid'\(value.text)'"
                case .moment: "datetime'\(value.text)'"
                case .string, .reference:
                    "'\(value.text.replacing("'", with: "''"))'"
                default: value.text
                }
            return "\(properties[column].name)=\(literal)"
        }
        return "\(name)(\(parts.joined(separator: ",")))"
    }
}

/// A function bound to a register, such as `SliceLast`.
protocol VirtualTable: Sendable {
    /// `Balance`.
    var name: String { get }
    /// The parameters, with their EDM types, as the metadata lists them.
    var parameters: [(name: String, type: String)] { get }
    /// The type of a row: an entity type of the register, or a complex type of its own.
    var rowType: String { get }
    /// The properties of a complex type of its own; empty when rows are entities of the register.
    var rowProperties: [ODataProperty] { get }
    /// Works the table out.
    func table(_ arguments: VirtualArguments) throws(ODataError) -> any ODataSet
}

extension ODataSet {
    /// The complex type of a section's rows; that of a record set is named after the register.
    func rowTypeName(of column: Int) -> String {
        let section = properties[column].name
        return section == "RecordSet" ? "\(name)_RowType" : "\(name)_\(section)_RowType"
    }
}
