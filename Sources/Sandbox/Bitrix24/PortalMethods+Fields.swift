extension PortalMethods {
    /// What the fields of each kind of record are.
    static let descriptions: [Method] = [
        fields("crm.company.fields", CompanyTable.columns),
        fields("crm.requisite.fields", RequisiteTable.columns),
        fields("crm.address.fields", AddressTable.columns),
        fields("crm.requisite.preset.fields", PresetTable.columns),
        fields("crm.requisite.bankdetail.fields", BankDetailTable.columns),
    ]

    private static func fields(_ name: String, _ columns: [PortalColumn]) -> Method {
        Method(name) { _ in MethodAnswer(result: described(columns)) }
    }

    /// Fields by name, as `crm.*.fields` gives them; the older names can stand beside, as in
    /// `crm.item.fields`.
    static func described(_ columns: [PortalColumn], hasUpperNames: Bool = false) -> [UInt8] {
        var writer = ByteWriter(capacity: 8192, escapesSlashes: true)
        writer.byte(UInt8(ascii: "{"))
        for column in columns {
            writer.string(column.name)
            writer.raw(":{\"type\":")
            writer.string(column.type)
            writer.raw(",\"isRequired\":\(column.isRequired),")
            writer.raw("\"isReadOnly\":\(column.isReadOnly),\"isImmutable\":false,")
            writer.raw("\"isMultiple\":\(column.isMultiple || column.isHidden),")
            writer.raw("\"isDynamic\":\(column.isOwn),\"title\":")
            writer.string(column.isOwn && !hasUpperNames ? column.name : column.title)
            if column.isOwn {
                for label in ["listLabel", "formLabel", "filterLabel"] where !hasUpperNames {
                    writer.raw(",\"\(label)\":")
                    writer.string(column.title)
                }
            }
            if hasUpperNames {
                writer.raw(",\"upperName\":")
                writer.string(PortalNames.upper(column.name))
            }
            writer.raw("},")
        }
        writer.dropLast(UInt8(ascii: ","))
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }
}
