internal import Collection

/// One call inside a `batch`: a method and its parameters in the form of a query.
struct BatchCommand: Sendable {
    let method: String
    private(set) var query = ""

    init(_ method: String) { self.method = method }

    /// Adds `name[key]=value`; a key of `""` makes a list.
    mutating func add(_ name: String, _ key: String? = nil, _ value: String) {
        append(name, key)
        query += Self.encoded(value)
    }

    /// Adds `name[key]=$result[…]`, which the portal replaces by an earlier command's result.
    mutating func add(_ name: String, _ key: String, reference: String) {
        append(name, key)
        query += reference
    }

    private mutating func append(_ name: String, _ key: String?) {
        if !query.isEmpty { query += "&" }
        query += name
        if let key { query += "[" + Self.encoded(key) + "]" }
        query += "="
    }

    /// The command as the portal reads it.
    var text: String { query.isEmpty ? method : method + "?" + query }

    /// Writes the parameters of a batch whose commands have the keys `c0`, `c1` …, and of which one
    /// that fails does not end the others.
    static func write(_ commands: [BatchCommand], to writer: inout JSONWriter) {
        writer.name("halt")
        writer.write(0)
        writer.name("cmd")
        writer.object { writer in
            for (number, command) in commands.enumerated() {
                writer.name("c\(number)")
                writer.write(command.text)
            }
        }
    }

    /// A text with everything percent-encoded but letters and digits of ASCII and `-._~`.
    static func encoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count + 8)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

/// The answer to a `batch`, command by command.
///
/// PHP writes an empty map as `[]` and a map with the keys 0, 1, 2 … as a list; both forms are read.
struct BatchAnswer: Sendable {
    /// What became of one command.
    enum Outcome: Sendable {
        case result(JSONValue)
        case failure(JSONValue)
        /// The portal says nothing about it: the batch failed, whatever its status.
        case missing
    }

    private let results: JSONValue?
    private let errors: JSONValue?
    private let totals: JSONValue?

    /// Reads the `result` of a `batch`.
    init(_ result: JSONValue) {
        results = result["result"]
        errors = result["result_error"]
        totals = result["result_total"]
    }

    /// The number of rows that a command told with its result; `nil` where it told none.
    func total(of key: String) -> Int? {
        Self.entry(key, of: totals)?.integer.flatMap { Int(exactly: $0) }
    }

    /// What became of the command with this key.
    subscript(key: String) -> Outcome {
        if let error = Self.entry(key, of: errors) { return .failure(error) }
        return Self.entry(key, of: results).map(Outcome.result) ?? .missing
    }

    private static func entry(_ key: String, of map: JSONValue?) -> JSONValue? {
        guard let map else { return nil }
        if map.kind == .object { return map[key] }
        return Int(key).flatMap { $0 >= 0 ? map[$0] : nil }
    }
}

extension JSONValue {
    /// The rows of a list answer: a list, or the map that PHP makes of one with gaps.
    ///
    /// - Returns: `nil` when it is neither.
    var rows: [JSONValue]? {
        switch kind {
        case .array: Array(elements)
        case .object: members.map(\.value)
        default: nil
        }
    }
}
