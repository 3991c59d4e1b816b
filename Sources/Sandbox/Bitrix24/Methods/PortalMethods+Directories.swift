extension PortalMethods {
    /// Short lists that others refer to.
    static let directories: [Method] = [
        Method("crm.status.list") { call throws(PortalError) in
            try statuses(call)
        },
        Method("crm.status.entity.items") { call throws(PortalError) in
            guard let entity = call.parameter("entityid")?.text, !entity.isEmpty else {
                throw .business("The parameter entityId is not defined or invalid.")
            }
            return stages(entity)
        },
        Method("crm.dealcategory.stage.list") { call throws(PortalError) in
            let id = call.parameter("id")?.integer ?? 0
            guard Funnel.allCases.contains(where: { $0.id == id }) else { throw .notFound }
            return stages(id == 0 ? "DEAL_STAGE" : "DEAL_STAGE_\(id)")
        },
        Method("crm.dealcategory.list") { call throws(PortalError) in
            try call.list(funnels)
        },
        Method("crm.currency.list") { _ in
            var answer = json(
                Currency.allCases.enumerated().map { place, currency in
                    let isBase = currency == .rouble
                    return """
                        {"CURRENCY":"\(currency.code)","AMOUNT_CNT":"1",\
                        "AMOUNT":"\(currency.rate).0000","SORT":"\(100 * (place + 1))",\
                        "BASE":"\(isBase ? "Y" : "N")","FULL_NAME":"\(currency.title)",\
                        "LID":"ru","FORMAT_STRING":"# \(isBase ? "₽" : currency.code)",\
                        "DEC_POINT":".","THOUSANDS_SEP":null,"DECIMALS":"2",\
                        "DATE_UPDATE":"2023-08-24T03:00:00+03:00"}
                        """
                })
            // Always zero, whatever comes.
            answer.total = 0
            return answer
        },
        Method("crm.enum.addresstype") { _ in
            let types = [
                (11, "Адрес доставки"), (1, "Фактический адрес"), (6, "Юридический адрес"),
                (4, "Адрес регистрации"), (8, "Адрес для корреспонденции"),
                (9, "Адрес бенефициара"),
            ]
            return json(
                types.map { id, name in
                    "{\"ID\":\(id),\"NAME\":\"\(name)\",\"SYMBOL_CODE\":null,\"SYMBOL_CODE_SHORT\":null}"
                })
        },
        Method("crm.enum.ownertype") { _ in
            let types = [
                (1, "Лид", "LEAD", "L"), (2, "Сделка", "DEAL", "D"),
                (3, "Контакт", "CONTACT", "C"), (4, "Компания", "COMPANY", "CO"),
                (5, "Счёт (старая версия)", "INVOICE", "I"), (31, "Счёт", "SMART_INVOICE", "SI"),
                (7, "Предложение", "QUOTE", "Q"), (8, "Реквизиты", "REQUISITE", "RQ"),
            ]
            return json(
                types.map { id, name, code, short in
                    "{\"ID\":\(id),\"NAME\":\"\(name)\",\"SYMBOL_CODE\":\"\(code)\","
                        + "\"SYMBOL_CODE_SHORT\":\"\(short)\"}"
                })
        },
    ]

    /// All entries at once, whatever `start` says; on some portals only the first fifty.
    private static func statuses(_ call: PortalCall) throws(PortalError) -> MethodAnswer {
        for name in ["order", "filter"] {
            guard let value = call.parameter(name), !value.isArray, value.text ?? "" != "" else {
                continue
            }
            throw .statusParameters
        }
        let engine = try ListEngine(StatusDirectory.table, call.parameters, call.options)
        let rows = engine.all().rows
        let shown = call.options.cutsStatuses ? Array(rows.prefix(50)) : rows
        return MethodAnswer(result: engine.write(shown), total: rows.count, rows: shown.count)
    }

    /// Entries in short, with the place as a number.
    private static func stages(_ entity: String) -> MethodAnswer {
        json(
            StatusDirectory.all.filter { $0.entity == entity }.map { status in
                "{\"NAME\":\(quoted(status.name)),\"SORT\":\(status.place * 10),"
                    + "\"STATUS_ID\":\"\(status.code)\"}"
            })
    }

    /// Funnels other than the first, as the older method shows them.
    private static let funnels = SmallTable(
        "dealcategory",
        PortalColumn.columns(
            """
            -ID integer ID
            -CREATED_DATE datetime Дата создания
            !NAME string Название
            IS_LOCKED char Закрыта
            SORT integer Сортировка
            """),
        rows: Funnel.allCases.filter { $0.id != 0 }.map { funnel in
            [
                .integer(funnel.id), .moment(1_690_000_000), .text(funnel.title), .flag(false),
                .integer(funnel.id * 100),
            ]
        })
}
