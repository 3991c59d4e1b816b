/// The portal's directories: stages of funnels, types, sources.
enum StatusDirectory {
    /// One entry.
    struct Status: Sendable {
        var id: Int64
        var entity: String
        var code: String
        var name: String
        var place: Int
        /// `S`, `F`, `P` for a stage; `nil` for what is no stage.
        var semantics: String?
        /// The funnel, for a stage of one other than the first.
        var category: Int64?
    }

    /// Every entry, by id.
    static let all: [Status] = {
        var all: [Status] = []
        func add(
            _ entity: String, _ entries: [(String, String)], semantics: [String] = [],
            category: Int64? = nil
        ) {
            for (place, entry) in entries.enumerated() {
                all.append(
                    Status(
                        id: Int64(all.count * 2 + 1), entity: entity, code: entry.0, name: entry.1,
                        place: place + 1,
                        semantics: semantics.indices.contains(place) ? semantics[place] : nil,
                        category: category))
            }
        }
        for (entity, entries) in lists { add(entity, entries) }
        for funnel in Funnel.allCases {
            add(
                funnel.id == 0 ? "DEAL_STAGE" : "DEAL_STAGE_\(funnel.id)",
                funnel.stages.map { (funnel.stageID($0), $0.title) },
                semantics: funnel.stages.map(\.semantics),
                category: funnel.id == 0 ? nil : funnel.id)
        }
        add(
            "SMART_INVOICE_STAGE_\(SmartInvoice.category)",
            SmartInvoice.Stage.allCases.map {
                ("DT31_\(SmartInvoice.category):\($0.rawValue)", $0.title)
            }, semantics: SmartInvoice.Stage.allCases.map(\.semantics),
            category: SmartInvoice.category)
        return all
    }()

    private static let lists: [(String, [(String, String)])] = [
        (
            "STATUS",
            [
                ("NEW", "Не обработан"), ("IN_PROCESS", "В работе"), ("CONVERTED", "Успешен"),
                ("JUNK", "Некачественный"),
            ]
        ),
        (
            "SOURCE",
            [
                ("CALL", "Звонок"), ("EMAIL", "Электронная почта"), ("WEB", "Веб-сайт"),
                ("PARTNER", "Существующий клиент"), ("OTHER", "Другое"),
            ]
        ),
        (
            "CONTACT_TYPE",
            [
                ("CLIENT", "Клиенты"), ("SUPPLIER", "Поставщики"), ("PARTNER", "Партнёры"),
                ("OTHER", "Другое"),
            ]
        ),
        (
            "COMPANY_TYPE",
            [
                ("CUSTOMER", "Клиент"), ("SUPPLIER", "Поставщик"), ("COMPETITOR", "Конкурент"),
                ("PARTNER", "Партнёр"), ("OTHER", "Другое"),
            ]
        ),
        (
            "EMPLOYEES",
            [
                ("EMPLOYEES_1", "менее 50"), ("EMPLOYEES_2", "50–250"), ("EMPLOYEES_3", "250–500"),
                ("EMPLOYEES_4", "более 500"),
            ]
        ),
        (
            "INDUSTRY",
            [
                ("IT", "Информационные технологии"), ("MANUFACTURING", "Производство"),
                ("OTHER", "Другое"),
            ]
        ),
        (
            "DEAL_TYPE",
            [
                ("SALE", "Продажа"), ("COMPLEX", "Комплексная продажа"),
                ("GOODS", "Продажа товара"), ("SERVICES", "Услуги"),
            ]
        ),
        (
            "QUOTE_STATUS",
            [
                ("DRAFT", "Новое"), ("SENT", "Отправлено клиенту"), ("APPROVED", "Принято"),
                ("DECLAINED", "Отклонено"),
            ]
        ),
        ("HONORIFIC", [("HNR_RU_1", "Г-н"), ("HNR_RU_2", "Г-жа")]),
    ]

    /// The entries, as `crm.status.list` shows them.
    static let table = SmallTable(
        "status",
        PortalColumn.columns(
            """
            -ID integer ID
            !ENTITY_ID string Тип справочника
            !STATUS_ID string Код
            !NAME string Название
            NAME_INIT string Название по умолчанию
            SORT integer Сортировка
            SYSTEM char Системный
            CATEGORY_ID integer Воронка
            COLOR string Цвет
            SEMANTICS string Группа
            EXTRA string Дополнительно
            """),
        rows: all.map { status in
            let isSystem = status.place == 1 || status.semantics == "S"
            return [
                .integer(status.id), .text(status.entity), .text(status.code), .text(status.name),
                .text(isSystem ? status.name : ""), .integer(Int64(status.place) * 10),
                .flag(isSystem), status.category.map { .integer($0) } ?? .null,
                status.semantics == nil ? .null : .text(color(status)),
                status.semantics.flatMap { $0 == "P" ? nil : $0 }.map { .text($0) } ?? .null,
                status.semantics == nil ? .null : extra(status),
            ]
        })

    private static func color(_ status: Status) -> String {
        switch status.semantics {
        case "S": "#7BD500"
        case "F": "#FF5752"
        default: "#39A8EF"
        }
    }

    private static func extra(_ status: Status) -> PortalValue {
        let word =
            switch status.semantics {
            case "S": "success"
            case "F": status.code.hasSuffix("APOLOGY") ? "apology" : "failure"
            default: "process"
            }
        return .json("{\"SEMANTICS\":\"\(word)\",\"COLOR\":\"\(color(status))\"}")
    }
}
