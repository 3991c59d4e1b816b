extension PortalMethods {
    /// What the fields of each kind of record are.
    static let descriptions: [Method] = [
        fields("crm.company.fields", CompanyTable.columns),
        fields("crm.contact.fields", ContactTable.columns),
        fields("crm.deal.fields", DealTable.columns),
        fields("crm.requisite.fields", RequisiteTable.columns),
        fields("crm.requisite.preset.fields", PresetTable.columns),
        fields("crm.requisite.bankdetail.fields", BankDetailTable.columns),
        fields("crm.requisite.link.fields", RequisiteLinkTable.columns),
        fields("crm.address.fields", AddressTable.columns),
        fields("crm.status.fields", StatusDirectory.table.columns),
        fields("crm.product.fields", OldProductTable.columns),
        fields("crm.productrow.fields", ProductRowTable.olderColumns),
        fields("crm.item.productrow.fields", ProductRowTable.columns, key: "fields"),
        Method("crm.category.fields") { _ in
            MethodAnswer(
                result: Array("{\"fields\":".utf8)
                    + described(
                        PortalColumn.columns(
                            """
                            -id integer ID
                            !name string Название
                            sort integer Сортировка
                            -entityTypeId integer Тип
                            isDefault boolean По умолчанию
                            originId string Внешний код
                            originatorId string Внешний источник
                            """), hasUpperNames: true) + [UInt8(ascii: "}")])
        },
        fields("user.fields", EmployeeTable.columns, scope: "user", isShort: true),
        fields("department.fields", DepartmentTable.columns, scope: "department", isShort: true),
        fields("catalog.price.getFields", PriceTable.columns, scope: "catalog", key: "price"),
        fields(
            "catalog.storeproduct.getFields", StoreProductTable.columns, scope: "catalog",
            key: "storeProduct"),
        fields("catalog.section.getFields", SectionTable.columns, scope: "catalog", key: "section"),
        fields(
            "catalog.catalog.getFields", CatalogDirectories.catalogs.columns, scope: "catalog",
            key: "catalog"),
        fields(
            "catalog.store.getFields", CatalogDirectories.stores.columns, scope: "catalog",
            key: "store"),
        fields(
            "catalog.measure.getFields", CatalogDirectories.measures.columns, scope: "catalog",
            key: "measure"),
        fields(
            "catalog.priceType.getFields", CatalogDirectories.priceTypes.columns, scope: "catalog",
            key: "priceType"),
        fields(
            "catalog.vat.getFields", CatalogDirectories.rates.columns, scope: "catalog", key: "vat"),
        Method("catalog.product.getFieldsByFilter", scope: "catalog") { call throws(PortalError) in
            let block = call.parameter("filter")?["iblockId"]?.integer
            guard let block else { throw .numbered(0, "Required filter fields: iblockId") }
            let isOffer = block == CatalogProduct.offerBlock
            let columns =
                isOffer ? CatalogProductTable.offerColumns : CatalogProductTable.columns
            return MethodAnswer(
                result: Array("{\"\(isOffer ? "offer" : "product")\":".utf8) + described(columns)
                    + [UInt8(ascii: "}")])
        },
    ]

    private static func fields(
        _ name: String, _ columns: [PortalColumn], scope: String = "crm", key: String? = nil,
        isShort: Bool = false
    ) -> Method {
        // The word before the last: crm.company.fields.
        let table = String(name.split(separator: ".").dropLast().last ?? "").lowercased()
        return Method(name, scope: scope) { call in
            let columns = columns.filter { call.options.hasField($0.name, of: table) }
            if isShort {
                let pairs = columns.map { "\"\($0.name)\":\(quoted($0.title))" }
                return MethodAnswer(json: "{\(pairs.joined(separator: ","))}")
            }
            let fields = described(columns)
            guard let key else { return MethodAnswer(result: fields) }
            return MethodAnswer(
                result: Array("{\"\(key)\":".utf8) + fields + [UInt8(ascii: "}")])
        }
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
