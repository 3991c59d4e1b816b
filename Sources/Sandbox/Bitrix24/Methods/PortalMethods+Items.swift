extension PortalMethods {
    /// The newer methods, which show every kind of record in one way.
    static let items: [Method] = [
        Method("crm.item.list", refusal: .itemAccessDenied) { call throws(PortalError) in
            let world = call.world
            switch try entityType(call) {
            case .deal: return try call.list(DealItemTable(world: world), key: "items")
            case .contact: return try categorized(ContactItemTable(world: world), call)
            case .company: return try categorized(CompanyItemTable(world: world), call)
            case .invoice: return try call.list(InvoiceItemTable(world: world), key: "items")
            case .exchangeLog: return try call.list(ExchangeLogTable(world: world), key: "items")
            }
        },
        Method("crm.item.get", refusal: .itemAccessDenied) { call throws(PortalError) in
            let world = call.world
            func one(_ table: some PortalTable) throws(PortalError) -> MethodAnswer {
                try call.get(table, key: "item", missing: .noSuchItem)
            }
            switch try entityType(call) {
            case .deal: return try one(DealItemTable(world: world))
            case .contact: return try one(ContactItemTable(world: world))
            case .company: return try one(CompanyItemTable(world: world))
            case .invoice: return try one(InvoiceItemTable(world: world))
            case .exchangeLog: return try one(ExchangeLogTable(world: world))
            }
        },
        Method("crm.item.fields", refusal: .itemAccessDenied) { call throws(PortalError) in
            let (table, columns) =
                switch try entityType(call) {
                case .deal: ("deal", DealItemTable.columns)
                case .contact: ("contact", ContactItemTable.columns)
                case .company: ("company", CompanyItemTable.columns)
                case .invoice: ("invoice", InvoiceItemTable.columns)
                case .exchangeLog: ("exchange_log", ExchangeLogTable.columns)
                }
            let fields = described(
                columns.filter { call.options.hasField($0.name, of: table) }, hasUpperNames: true)
            return MethodAnswer(
                result: Array("{\"fields\":".utf8) + fields + [UInt8(ascii: "}")])
        },
        Method("crm.item.productrow.list", refusal: .itemAccessDenied) { call throws(PortalError) in
            let lines = try productRows(call)
            return try call.list(
                ProductRowTable(world: call.world, lines: lines, dialect: .modern),
                key: "productRows",
                parameters: call.options.filtersRowsByID ? nil : withoutIDFilter(call.parameters))
        },
        Method("crm.item.payment.list", refusal: .itemAccessDenied) { call throws(PortalError) in
            guard let id = call.parameter("entityid")?.integer else {
                throw .numbered(100, "Could not find value for parameter {entityId}")
            }
            return try call.all(PaymentTable(payments: try payments(call, id)), parameters: .empty)
        },
        Method("crm.category.list", refusal: .itemAccessDenied) { call throws(PortalError) in
            switch try entityType(call) {
            case .deal: return categories(Funnel.allCases.map { ($0.id, $0.title) }, type: 2)
            case .invoice: return categories([(SmartInvoice.category, "Общая")], type: 31)
            case .contact: return categories([(0, "Контакты")], type: 3)
            case .company: return categories([(0, "Компании")], type: 4)
            case .exchangeLog:
                return categories([(11, "Общая")], type: ExchangeLogTable.entityTypeID)
            }
        },
    ]

    private static func categorized(
        _ table: some PortalTable, _ call: PortalCall
    ) throws(PortalError) -> MethodAnswer {
        guard call.options.showsOtherCategories else { return try call.list(table, key: "items") }
        return try call.list(OtherCategoryTable(table), key: "items")
    }

    private enum EntityType: Int64 {
        case deal = 2
        case contact = 3
        case company = 4
        case invoice = 31
        case exchangeLog = 1_042
    }

    private static func entityType(_ call: PortalCall) throws(PortalError) -> EntityType {
        guard let number = call.parameter("entitytypeid")?.integer else {
            throw .numbered(100, "Could not find value for parameter {entityTypeId}")
        }
        // Leads, quotes and old invoices are kinds that this portal's users do without.
        if number == 5 { throw .unsupportedType }
        guard let type = EntityType(rawValue: number) else { throw .unknownType }
        return type
    }

    // MARK: Rows and payments

    private static func productRows(
        _ call: PortalCall
    ) throws(PortalError) -> [ProductRowTable.Line] {
        let filter = call.parameter("filter") ?? .empty
        guard let type = filter["=ownerType"]?.text, let owners = filter["=ownerId"] else {
            throw .numbered(100, "Required filter fields: =ownerType, =ownerId")
        }
        if owners.isArray, !call.options.takesOwnerLists {
            throw PortalError(
                status: 400, code: .text("INVALID_ARG_VALUE"),
                description: "Invalid value for filter field '=ownerId'")
        }
        let given = owners.isArray ? owners.entries.map(\.value) : [owners]
        let ids = Set(given.compactMap(\.integer)).sorted()
        switch ProductRowTable.OwnerType(rawValue: type) {
        case .deal: return ids.flatMap { call.world.productRows(ofDeal: $0) }
        case .invoice: return ids.flatMap { call.world.productRows(ofInvoice: $0) }
        case nil: return []
        }
    }

    private static func withoutIDFilter(_ parameters: Parameter) -> Parameter {
        .array(
            parameters.entries.map { key, value in
                guard key.lowercased() == "filter" else { return (key: key, value: value) }
                let kept = value.entries.filter { $0.key.drop { "=<>!@%".contains($0) } != "id" }
                return (key: key, value: .array(kept))
            })
    }

    private static func payments(
        _ call: PortalCall, _ id: Int64
    ) throws(PortalError) -> [PortalPayment] {
        let portal = call.world.portal
        let type = try entityType(call)
        guard type == .deal || type == .invoice else { throw .unsupportedType }
        let changes = call.session.portal.changes.tables[type == .deal ? "deal" : "invoice"]
        if changes?.deleted.contains(id) == true { throw .noSuchItem }
        // What was copied between two pages has no payments yet.
        if changes?.created.contains(where: { $0.id == id }) == true { return [] }
        let places: Range<Int32>
        if type == .deal {
            guard let row = DealTable(world: call.world).row(withID: id) else {
                throw .noSuchItem
            }
            places = portal.deals[row].payments
        } else {
            guard let row = InvoiceItemTable(world: call.world).row(withID: id) else {
                throw .noSuchItem
            }
            places = portal.smartInvoices[row].payments
        }
        return places.map { portal.payments[Int($0)] }
    }

    // MARK: Funnels

    private static func categories(_ list: [(Int64, String)], type: Int64) -> MethodAnswer {
        let rows = list.enumerated().map { place, category in
            let isDefault = place == 0
            // The default funnel lacks the last two.
            let origin = isDefault ? "" : ",\"originId\":\"\",\"originatorId\":\"\""
            return "{\"id\":\(category.0),\"name\":\(quoted(category.1)),"
                + "\"sort\":\(100 + place * 100),\"entityTypeId\":\(type),"
                + "\"isDefault\":\"\(isDefault ? "Y" : "N")\"\(origin)}"
        }
        var answer = MethodAnswer(json: "{\"categories\":[\(rows.joined(separator: ","))]}")
        answer.total = rows.count
        answer.rows = rows.count
        return answer
    }
}
