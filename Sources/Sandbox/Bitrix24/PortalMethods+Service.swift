extension PortalMethods {
    /// Methods that tell about the portal and the webhook themselves.
    static let service: [Method] = [
        Method(name: "user.current", scope: "user") { call in
            MethodAnswer(
                json: """
                    {"ID":"\(call.options.userID)","ACTIVE":true,"NAME":"Обмен","LAST_NAME":"Сверка",\
                    "EMAIL":"exchange@example.com","LAST_LOGIN":"2026-01-27T10:00:00+03:00",\
                    "DATE_REGISTER":"2023-08-24T03:00:00+03:00","IS_ONLINE":"Y",\
                    "TIMESTAMP_X":"24.08.2023 13:19:39","LAST_ACTIVITY_DATE":"2026-01-27 10:00:00",\
                    "PERSONAL_GENDER":"","PERSONAL_BIRTHDAY":"","WORK_POSITION":"",\
                    "UF_EMPLOYMENT_DATE":"","UF_DEPARTMENT":[1]}
                    """)
        },
        Method(name: "profile", scope: "") { call in
            MethodAnswer(
                json: """
                    {"ID":"\(call.options.userID)","ADMIN":true,"NAME":"Обмен","LAST_NAME":"Сверка",\
                    "PERSONAL_GENDER":"","TIME_ZONE":""}
                    """)
        },
        Method(name: "server.time", scope: "") { call in
            MethodAnswer(json: "\"\(Moment.portal(Int64(call.now)))\"")
        },
        Method(name: "scope", scope: "") { call in
            let isFull = call.parameters[anyCase: "full"]?.text ?? "" != ""
            return strings(isFull ? ["crm", "user", "catalog", "task", "im"] : call.options.scopes)
        },
        Method(name: "methods", scope: "") { call in
            let isFull = call.parameters[anyCase: "full"]?.text ?? "" != ""
            let scope = call.parameters[anyCase: "scope"]?.text
            return strings(
                all.values.filter { method in
                    if let scope { return method.scope == scope }
                    return isFull || method.scope.isEmpty
                        || call.options.scopes.contains(method.scope)
                }.map(\.name).sorted() + (scope == nil ? ["batch"] : []))
        },
        Method(name: "method.get", scope: "") { call in
            let name = call.parameters[anyCase: "name"]?.text?.lowercased() ?? ""
            let method = all[name]
            let isKnown = method != nil || name == "batch"
            let isAvailable =
                isKnown
                && (method?.scope.isEmpty ?? true
                    || call.options.scopes.contains(method?.scope ?? ""))
            return MethodAnswer(
                json: "{\"isExisting\":\(isKnown),\"isAvailable\":\(isAvailable)}")
        },
    ]

    private static func strings(_ texts: [String]) -> MethodAnswer {
        MethodAnswer(json: "[\(texts.map { "\"\($0)\"" }.joined(separator: ","))]")
    }
}
