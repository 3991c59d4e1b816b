/// The methods of the portal, by their names in lower case.
enum PortalMethods {
    /// What a method is given.
    struct Call: Sendable {
        var parameters: Parameter
        var world: World
        /// Now, in seconds since 1970.
        var now: Double
        var options: PortalOptions
    }

    /// A method with the scope that it takes; an empty one takes none.
    struct Method: Sendable {
        var name: String
        var scope: String
        var run: @Sendable (Call) throws(PortalError) -> MethodAnswer
    }

    /// Every method except `batch`, which runs the others.
    static let all: [String: Method] = {
        var methods: [String: Method] = [:]
        for method in lists + descriptions + service { methods[method.name.lowercased()] = method }
        return methods
    }()

    // MARK: Lists and single rows

    private static func list<Table: PortalTable>(
        _ name: String, _ table: @escaping @Sendable (World) -> Table
    ) -> Method {
        Method(name: name, scope: "crm") { call throws(PortalError) in
            try ListEngine(table(call.world), call.parameters).answer()
        }
    }

    private static func get<Table: PortalTable>(
        _ name: String, missing: @escaping @Sendable (Int64) -> String,
        _ table: @escaping @Sendable (World) -> Table
    ) -> Method {
        Method(name: name, scope: "crm") { call throws(PortalError) in
            guard let id = call.parameters[anyCase: "id"]?.integer, id > 0 else {
                throw .business("ID is not defined or invalid.")
            }
            let table = table(call.world)
            guard let row = table.lowerBound(0, id), row < table.count,
                case .integer(id) = table.value(0, at: row)
            else { throw .business(missing(id)) }
            var writer = ByteWriter(capacity: 2048, escapesSlashes: true)
            table.write(row, columns: Array(table.columns.indices), to: &writer)
            return MethodAnswer(result: writer.bytes)
        }
    }

    private static let lists: [Method] = [
        list("crm.company.list") { CompanyTable(world: $0) },
        list("crm.requisite.list") { RequisiteTable(world: $0) },
        list("crm.address.list") { AddressTable(world: $0) },
        list("crm.requisite.preset.list") { _ in PresetTable() },
        list("crm.requisite.bankdetail.list") { _ in BankDetailTable() },
        get("crm.company.get", missing: { _ in "Not found" }) { CompanyTable(world: $0) },
        get("crm.requisite.get", missing: { "The Requisite with ID '\($0)' is not found" }) {
            RequisiteTable(world: $0)
        },
        Method(name: "crm.item.list", scope: "crm") { call throws(PortalError) in
            guard call.parameters[anyCase: "entitytypeid"]?.integer == 4 else {
                throw PortalError(
                    status: 400, code: .text("NOT_FOUND"), description: "Смарт-процесс не найден")
            }
            var answer = try ListEngine(CompanyItemTable(world: call.world), call.parameters)
                .answer()
            answer.result = Array("{\"items\":".utf8) + answer.result + [UInt8(ascii: "}")]
            return answer
        },
    ]

    // MARK: Descriptions

    private static func fields(_ name: String, _ columns: [PortalColumn]) -> Method {
        Method(name: name, scope: "crm") { _ in
            var writer = ByteWriter(capacity: 8192, escapesSlashes: true)
            writer.byte(UInt8(ascii: "{"))
            for column in columns {
                writer.string(column.name)
                writer.raw(":{\"type\":")
                writer.string(column.type)
                writer.raw(",\"isRequired\":\(column.name == "TITLE"),")
                writer.raw("\"isReadOnly\":\(column.isReadOnly),\"isImmutable\":false,")
                writer.raw("\"isMultiple\":\(column.isMultiple),")
                writer.raw("\"isDynamic\":\(column.name.hasPrefix("UF_")),\"title\":")
                writer.string(column.name.hasPrefix("UF_") ? column.name : column.title)
                if column.name.hasPrefix("UF_") {
                    for label in ["listLabel", "formLabel", "filterLabel"] {
                        writer.raw(",\"\(label)\":")
                        writer.string(column.title)
                    }
                }
                writer.raw("},")
            }
            writer.dropLast(UInt8(ascii: ","))
            writer.byte(UInt8(ascii: "}"))
            return MethodAnswer(result: writer.bytes)
        }
    }

    private static let descriptions: [Method] = [
        fields("crm.company.fields", CompanyTable.columns),
        fields("crm.requisite.fields", RequisiteTable.columns),
        fields("crm.address.fields", AddressTable.columns),
        fields("crm.requisite.preset.fields", PresetTable.columns),
        fields("crm.requisite.bankdetail.fields", BankDetailTable.columns),
        Method(name: "crm.enum.addresstype", scope: "crm") { _ in
            let types = [
                (11, "Адрес доставки"), (1, "Фактический адрес"), (6, "Юридический адрес"),
                (4, "Адрес регистрации"), (8, "Адрес для корреспонденции"),
                (9, "Адрес бенефициара"),
            ]
            let rows = types.map { id, name in
                "{\"ID\":\(id),\"NAME\":\"\(name)\",\"SYMBOL_CODE\":null,\"SYMBOL_CODE_SHORT\":null}"
            }
            return MethodAnswer(json: "[\(rows.joined(separator: ","))]")
        },
    ]
}
