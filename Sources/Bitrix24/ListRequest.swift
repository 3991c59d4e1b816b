internal import Collection
internal import Records

/// What a list is asked for, as a command of a batch or as a call of its own.
struct ListRequest: Sendable {
    /// What a row's member is compared with.
    enum Value: Sendable {
        case text(String)
        case list([String])
        /// The result of an earlier command, which the portal fills in.
        case reference(String)
    }

    let method: ListMethod
    /// The member that rows are ordered by.
    var order: String?
    var isDescending = false
    var filter: [(name: String, value: Value)] = []
    var select: [String] = []
    var start: Int?

    /// Asks a method for everything.
    init(_ method: ListMethod, select: [String] = []) {
        self.method = method
        self.select = select
        filter = method.filter.map { ($0.name, .text($0.value)) }
    }

    /// Asks who the owner of the access is.
    static let profile = ListRequest(ListMethod("profile"))
    /// Asks for the scopes that are granted.
    static let scopes = ListRequest(ListMethod("scope"))

    /// The request that makes the portal tell the number of rows and the greatest id.
    func counting(by id: String) -> ListRequest {
        var request = self
        request.order = id
        request.isDescending = true
        request.start = 0
        request.select = select.filter { $0 == id || $0 == "iblockId" }
        return request
    }

    /// The request as a command of a batch.
    var command: BatchCommand {
        var command = BatchCommand(method.name)
        for parameter in method.parameters { command.add(parameter.name, nil, parameter.value) }
        if let start { command.add("start", nil, String(start)) }
        if let order {
            if method.sortsByName {
                command.add("sort", nil, order)
                command.add("order", nil, direction)
            } else {
                command.add("order", order, direction)
            }
        }
        for (name, value) in filter {
            switch value {
            case .text(let text): command.add("filter", name, text)
            case .reference(let reference): command.add("filter", name, reference: reference)
            case .list(let texts):
                let name = "filter[" + BatchCommand.encoded(name) + "]"
                for text in texts { command.add(name, "", text) }
            }
        }
        for name in select { command.add("select", "", name) }
        return command
    }

    /// Writes the parameters of a call of its own.
    func write(to writer: inout JSONWriter) {
        for parameter in method.parameters {
            writer.name(parameter.name)
            writer.write(parameter.value)
        }
        if let order {
            if method.sortsByName {
                writer.name("sort")
                writer.write(order)
                writer.name("order")
                writer.write(direction)
            } else {
                writer.name("order")
                writer.object { writer in
                    writer.name(order)
                    writer.write(direction)
                }
            }
        }
        if !filter.isEmpty {
            writer.name("filter")
            writer.object { writer in
                for (name, value) in filter {
                    writer.name(name)
                    switch value {
                    case .text(let text), .reference(let text): writer.write(text)
                    case .list(let texts):
                        writer.array { writer in texts.forEach { writer.write($0) } }
                    }
                }
            }
        }
        if !select.isEmpty {
            writer.name("select")
            writer.array { writer in select.forEach { writer.write($0) } }
        }
        if let start {
            writer.name("start")
            writer.write(start)
        }
    }

    private var direction: String { isDescending ? "DESC" : "ASC" }
}
