/// Up to fifty commands in one request, each able to use the results of earlier ones.
struct PortalBatch {
    private var results: [(key: String, json: [UInt8])] = []
    private var errors: [(key: String, json: [UInt8])] = []
    private var totals: [(key: String, json: [UInt8])] = []
    private var nexts: [(key: String, json: [UInt8])] = []
    private var times: [(key: String, json: [UInt8])] = []
    /// Results that a later command has looked into.
    private var decoded: [String: Parameter] = [:]

    init() {}

    /// What an overloaded portal answers: nothing ran, and nobody says so.
    static let empty = PortalBatch().answer()

    /// Runs the commands in their order.
    mutating func run(
        _ parameters: Parameter, in session: PortalSession, _ caller: PortalCaller
    ) {
        let halts = !["", "0", "N", "false"].contains(parameters[anyCase: "halt"]?.text ?? "")
        let commands = parameters[anyCase: "cmd"]?.entries ?? []
        for (index, (key, command)) in commands.enumerated() {
            do throws(PortalError) {
                guard index < 50 else { throw .batchTooLong }
                session.portal.counters.count { $0.commands += 1 }
                try run(key, command.text ?? "", in: session, caller)
            } catch {
                errors.append((key, error.body))
                if halts { return }
            }
        }
    }

    private mutating func run(
        _ key: String, _ command: String, in session: PortalSession, _ caller: PortalCaller
    ) throws(PortalError) {
        let parts = command.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var name = parts[0].lowercased()
        if name.hasSuffix(".json") { name.removeLast(5) }
        guard name != "batch" else { throw .notInBatch }
        var parameters = parts.count > 1 ? FormDecoding.parameters(parts[1]) : .empty
        if command.contains("$") || command.contains("%24") {
            parameters = parameters.mapTexts { resolved($0) }
        }
        let started = session.now
        let answer = try session.run(name, parameters, caller, isInBatch: true)
        results.append((key, answer.result))
        if let total = answer.total { totals.append((key, Array(String(total).utf8))) }
        if let next = answer.next { nexts.append((key, Array(String(next).utf8))) }
        times.append((key, Array(session.time(meter: caller.meter(name), started: started).utf8)))
    }

    /// Leaves the last command out of all maps, as an overloaded portal does.
    mutating func loseLast() {
        guard let key = results.last?.key else { return }
        results.removeAll { $0.key == key }
        totals.removeAll { $0.key == key }
        nexts.removeAll { $0.key == key }
        times.removeAll { $0.key == key }
    }

    // MARK: References

    /// Replaces `$result[c0][49][ID]`, `$next[c0]` and `$total[c0]`.
    ///
    /// A text that is nothing but a reference may become an array; inside a longer text only a
    /// scalar has a place. What leads nowhere becomes an empty text.
    private mutating func resolved(_ text: String) -> Parameter {
        guard text.contains("$") else { return .text(text) }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            guard let (value, end) = reference(rest) else {
                result += "$"
                rest = rest.dropFirst()
                continue
            }
            if dollar == text.startIndex, end == text.endIndex { return value }
            result += value.text ?? ""
            rest = rest[end...]
        }
        return .text(result + rest)
    }

    private mutating func reference(_ text: Substring) -> (Parameter, String.Index)? {
        guard let open = text.firstIndex(of: "[") else { return nil }
        let source = text[..<open]
        guard ["$result", "$next", "$total"].contains(source) else { return nil }
        var path: [String] = []
        var rest = text[open...]
        while rest.first == "[", let close = rest.firstIndex(of: "]") {
            path.append(String(rest.dropFirst()[..<close]))
            rest = rest[rest.index(after: close)...]
        }
        guard let key = path.first else { return nil }
        var value: Parameter
        switch source {
        case "$result":
            if path.count > 1, let row = row(path[1], of: key) {
                value = row
                path.removeFirst()
            } else {
                value = result(key)
            }
        case "$next": value = scalar(nexts, key)
        default: value = scalar(totals, key)
        }
        for step in path.dropFirst() { value = value[step] ?? .text("") }
        return (value, rest.startIndex)
    }

    private func scalar(_ map: [(key: String, json: [UInt8])], _ key: String) -> Parameter {
        .text(map.first { $0.key == key }.map { String(decoding: $0.json, as: UTF8.self) } ?? "")
    }

    /// One row of a result that is a list; `nil` where it is none.
    ///
    /// A chain of pages looks at one row of each: to read them all would take longer than to make
    /// them.
    private func row(_ position: String, of key: String) -> Parameter? {
        guard let position = Int(position), decoded[key] == nil,
            let json = results.first(where: { $0.key == key })?.json
        else { return nil }
        return JSONDecoding.element(position, ofList: json)
    }

    private mutating func result(_ key: String) -> Parameter {
        if let value = decoded[key] { return value }
        guard let json = results.first(where: { $0.key == key })?.json else { return .text("") }
        let value = JSONDecoding.value(json)
        decoded[key] = value
        return value
    }

    // MARK: The answer

    /// The five maps.
    func answer() -> MethodAnswer {
        var writer = ByteWriter(capacity: results.reduce(1024) { $0 + $1.json.count + 300 })
        writer.raw("{\"result\":")
        write(results, to: &writer)
        writer.raw(",\"result_error\":")
        write(errors, to: &writer)
        writer.raw(",\"result_total\":")
        write(totals, to: &writer)
        writer.raw(",\"result_next\":")
        write(nexts, to: &writer)
        writer.raw(",\"result_time\":")
        write(times, to: &writer)
        writer.byte(UInt8(ascii: "}"))
        return MethodAnswer(result: writer.bytes)
    }

    /// As PHP does it: an empty map is `[]`, and keys 0, 1, 2 … make a list.
    private func write(_ map: [(key: String, json: [UInt8])], to writer: inout ByteWriter) {
        let isList = map.enumerated().allSatisfy { $0.element.key == String($0.offset) }
        writer.byte(isList ? UInt8(ascii: "[") : UInt8(ascii: "{"))
        for (index, (key, json)) in map.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            if !isList {
                writer.string(key)
                writer.byte(UInt8(ascii: ":"))
            }
            writer.raw(json)
        }
        writer.byte(isList ? UInt8(ascii: "]") : UInt8(ascii: "}"))
    }
}
