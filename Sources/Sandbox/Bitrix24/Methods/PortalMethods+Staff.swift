extension PortalMethods {
    /// Employees and departments.
    static let staff: [Method] = [
        Method("user.get", scope: "user") { call throws(PortalError) in
            try call.list(EmployeeTable(world: call.world), parameters: ownParameters(call))
        },
        Method("user.search", scope: "user") { call throws(PortalError) in
            try call.list(EmployeeTable(world: call.world), parameters: ownParameters(call))
        },
        Method("department.get", scope: "department") { call throws(PortalError) in
            try call.list(DepartmentTable(world: call.world), parameters: ownParameters(call))
        },
        Method("user.current", scope: "user") { call throws(PortalError) in
            let options = call.options
            let named = call.world.portal.employees.first { $0.id == Int64(options.userID) }
            return MethodAnswer(
                json: """
                    {"ID":"\(options.userID)","ACTIVE":true,\
                    "NAME":\(quoted(named?.name.given ?? "Обмен")),\
                    "LAST_NAME":\(quoted(named?.name.family ?? "Сверка")),\
                    "EMAIL":\(quoted(named?.email ?? "exchange@example.com")),\
                    "LAST_LOGIN":"2026-01-27T10:00:00+03:00",\
                    "DATE_REGISTER":"2023-08-24T03:00:00+03:00","IS_ONLINE":"Y",\
                    "TIMESTAMP_X":"24.08.2023 13:19:39","LAST_ACTIVITY_DATE":"2026-01-27 10:00:00",\
                    "PERSONAL_GENDER":"","PERSONAL_BIRTHDAY":"","WORK_POSITION":"",\
                    "UF_EMPLOYMENT_DATE":"","UF_DEPARTMENT":[1]}
                    """)
        },
    ]

    /// Sort and order are two words here, and conditions may stand among the parameters.
    private static func ownParameters(_ call: PortalCall) -> Parameter {
        var filter = call.parameter("filter")?.entries ?? []
        var rest: [(key: String, value: Parameter)] = []
        for (key, value) in call.parameters.entries {
            switch key.lowercased() {
            case "filter": continue
            case "sort" where value.text.map { Int64($0) == nil } ?? false: continue
            case "order" where !value.isArray: continue
            case "start", "select", "order": rest.append((key, value))
            default: filter.append((key, value))
            }
        }
        if let column = call.parameter("sort")?.text, Int64(column) == nil {
            let direction = call.parameter("order")?.text ?? "ASC"
            rest.append(("order", .array([(column, .text(direction))])))
        }
        return .array(rest + [("filter", .array(filter))])
    }
}
