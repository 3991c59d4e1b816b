/// The methods of the portal, by their names in lower case.
enum PortalMethods {
    /// A method with the rights that it takes.
    struct Method: Sendable {
        var name: String
        /// The scope; an empty one takes none.
        var scope: String
        /// Whether only administrators may call it.
        var isForAdministrators = false
        /// How those are refused who lack the rights.
        var refusal = PortalError.accessDenied
        var run: @Sendable (PortalCall) throws(PortalError) -> MethodAnswer

        init(
            _ name: String, scope: String = "crm", isForAdministrators: Bool = false,
            refusal: PortalError = .accessDenied,
            run: @escaping @Sendable (PortalCall) throws(PortalError) -> MethodAnswer
        ) {
            self.name = name
            self.scope = scope
            self.isForAdministrators = isForAdministrators
            self.refusal = refusal
            self.run = run
        }
    }

    /// Every method except `batch`, which runs the others.
    static let all: [String: Method] = {
        var methods: [String: Method] = [:]
        let groups = [
            clients, items, catalog, shop, directories, staff, descriptions, service,
        ]
        for method in groups.joined() {
            methods[method.name.lowercased()] = method
        }
        return methods
    }()

    /// A list of the older kind, whose rows are the result itself.
    static func list<Table: PortalTable>(
        _ name: String, refusal: PortalError = .accessDenied,
        _ table: @escaping @Sendable (World) -> Table
    ) -> Method {
        Method(name, refusal: refusal) { call throws(PortalError) in
            try call.list(table(call.world))
        }
    }

    /// One row of an older list.
    static func get<Table: PortalTable>(
        _ name: String, refusal: PortalError = .accessDenied,
        missing: @escaping @Sendable (Int64) -> PortalError = { _ in .notFound },
        _ table: @escaping @Sendable (World) -> Table
    ) -> Method {
        Method(name, refusal: refusal) { call throws(PortalError) in
            try call.get(
                table(call.world), missing: missing(call.parameter("id")?.integer ?? 0))
        }
    }

    /// JSON objects, written one by one, as a list.
    static func json(_ objects: [String]) -> MethodAnswer {
        var answer = MethodAnswer(json: "[\(objects.joined(separator: ","))]")
        answer.rows = objects.count
        return answer
    }

    /// A JSON string.
    static func quoted(_ text: String) -> String {
        var writer = ByteWriter(escapesSlashes: true)
        writer.string(text)
        return writer.text
    }
}
