extension PortalMethods {
    /// Methods that tell about the portal and the webhook themselves.
    static let service: [Method] = [
        Method("profile", scope: "") { call in
            MethodAnswer(
                json: """
                    {"ID":"\(call.options.userID)","ADMIN":\(call.options.isAdministrator),\
                    "NAME":"Обмен","LAST_NAME":"Сверка","PERSONAL_GENDER":"","TIME_ZONE":""}
                    """)
        },
        Method("server.time", scope: "") { call in
            let offset = Int64(call.options.utcOffset * 3600)
            return MethodAnswer(json: "\"\(Moment.portal(Int64(call.now), offset: offset))\"")
        },
        Method("scope", scope: "") { call in
            let isFull = call.parameter("full")?.text ?? "" != ""
            return strings(
                isFull
                    ? ["catalog", "crm", "department", "im", "sale", "task", "user"]
                    : call.options.scopes)
        },
        Method("methods", scope: "") { call in
            let isFull = call.parameter("full")?.text ?? "" != ""
            let scope = call.parameter("scope")?.text
            return strings(
                all.values.filter { method in
                    guard call.session.has(method.name.lowercased()) else { return false }
                    if let scope { return method.scope == scope }
                    return isFull || method.scope.isEmpty
                        || call.options.scopes.contains(method.scope)
                }.map(\.name).sorted() + (scope == nil ? ["batch"] : []))
        },
        Method("method.get", scope: "") { call in
            let name = call.parameter("name")?.text?.lowercased() ?? ""
            let isKnown = call.session.has(name)
            let scope = all[name]?.scope ?? ""
            let isAvailable = isKnown && (scope.isEmpty || call.options.scopes.contains(scope))
            return MethodAnswer(
                json: "{\"isExisting\":\(isKnown),\"isAvailable\":\(isAvailable)}")
        },
        Method("feature.get", scope: "") { _ in MethodAnswer(json: "{\"value\":\"Y\"}") },
        Method("app.info", scope: "") { call throws(PortalError) in
            guard call.caller.isApplication else {
                guard call.options.appInfo == .licence else { throw .needsApplication }
                let scopes = call.options.scopes.map { "\"\($0)\"" }.joined(separator: ",")
                return MethodAnswer(json: "{\"SCOPE\":[\(scopes)],\"LICENSE\":\"ru_ent10000\"}")
            }
            return MethodAnswer(
                json: """
                    {"ID":5,"CODE":"\(call.options.clientID)","VERSION":1,"STATUS":"L",\
                    "INSTALLED":true,"PAYMENT_EXPIRED":"N","DAYS":null,"LANGUAGE_ID":"ru",\
                    "LICENSE":"ru_ent10000","LICENSE_TYPE":"ent10000","LICENSE_FAMILY":"ent"}
                    """)
        },
    ]

    private static func strings(_ texts: [String]) -> MethodAnswer {
        MethodAnswer(json: "[\(texts.map { "\"\($0)\"" }.joined(separator: ","))]")
    }
}
