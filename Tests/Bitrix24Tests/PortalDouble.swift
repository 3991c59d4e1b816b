import Collection
import Foundation
import Records
import Synchronization

/// A portal in memory: it answers lists, counts and batches as the protocol dossier says, and can be
/// told to misbehave.
final class PortalDouble: HTTPTransport {
    /// What a portal may do wrong, by the number of the request from 0.
    typealias Fault = @Sendable (_ number: Int, _ method: String) -> HTTPResponse?

    /// Rows by method, each with its members as text; in any order.
    struct Content: Sendable {
        var rows: [String: [[String: String]]] = [:]
        /// JSON that takes the place of a row, by method and id.
        var raw: [String: [String: String]] = [:]
        /// The member of the result in which a method gives its rows; in none by default.
        var containers: [String: String] = [:]
        /// The names of fields that a method describes, beside those of companies.
        var descriptions: [String: [String]] = [:]
        var isAdministrator = true
        var ignoresFilters = false
        /// Whether `$result[…]` is replaced.
        var knowsReferences = true
        /// The most rows that a list without ids gives; `nil` is no limit.
        var addressLimit: Int?
        /// What a method tells in place of the number of its rows.
        var totals: [String: Int] = [:]
        /// A method whose commands are left out of batches.
        var silentMethod: String?
    }

    let content: Content
    private let fault: Fault
    private let log = Mutex<[String]>([])

    init(_ content: Content, fault: @escaping Fault = { _, _ in nil }) {
        var content = content
        content.rows["crm.requisite.bankdetail.list", default: []] += []
        content.rows["crm.contact.list", default: []] += []
        for method in content.rows.keys where method != "crm.address.list" {
            content.rows[method]?.sort { Self.number($0) < Self.number($1) }
        }
        self.content = content
        self.fault = fault
    }

    /// The methods that were called, those inside batches in brackets.
    var calls: [String] { log.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let method = String(request.url.split(separator: "/").last ?? "")
        let number = log.withLock { log in
            log.append(method)
            return log.count - 1
        }
        if let response = fault(number, method) { return response }
        let body = try JSONDocument(parsing: request.body ?? []).root
        let result = method == "batch" ? try batch(body) : single(method, Self.parameters(body))
        return HTTPResponse(status: 200, body: Array(result.utf8))
    }

    private func single(_ method: String, _ parameters: [String: [String]]) -> String {
        if let told = told(method) { return #"{"result":\#(told)}"# }
        guard content.rows[method] != nil else {
            return #"{"error":"ERROR_METHOD_NOT_FOUND","error_description":"Method not found!"}"#
        }
        let (rows, total) = list(method, parameters)
        return #"{"result":\#(wrapped(rows, method)),"total":\#(total)}"#
    }

    /// What methods tell that are no lists.
    private func told(_ method: String) -> String? {
        func fields(_ names: [String]) -> String {
            let members = names.map { "\"\($0)\":{}" }
            return "{\(members.joined(separator: ","))}"
        }
        switch method {
        case "profile": return #"{"ID":"1","ADMIN":\#(content.isAdministrator)}"#
        case "scope": return #"["crm","user"]"#
        case "server.time": return "\"\(Date().formatted(.iso8601))\""
        case "crm.company.fields":
            return fields([
                "ID", "TITLE", "PHONE", "EMAIL", "ORIGIN_ID", "ASSIGNED_BY_ID", "IS_MY_COMPANY",
            ])
        default: return content.descriptions[method].map { #"{"fields":\#(fields($0))}"# }
        }
    }

    private func wrapped(_ rows: [(id: String, json: String)], _ method: String) -> String {
        let list = "[\(rows.map(\.json).joined(separator: ","))]"
        return content.containers[method].map { "{\"\($0)\":\(list)}" } ?? list
    }

    private func batch(_ body: JSONValue) throws -> String {
        var (results, totals, ids): ([String], [String], [String: [String]]) = ([], [], [:])
        for (key, command) in body["cmd"].map({ Array($0.members) }) ?? [] {
            let text = command.string ?? ""
            let method = String(text.prefix { $0 != "?" })
            log.withLock { $0[$0.count - 1] += " [\(method)]" }
            if method == content.silentMethod { continue }
            if let told = told(method) {
                results.append("\"\(key)\":\(told)")
                continue
            }
            let parameters = query(String(text.dropFirst(method.count + 1)), ids)
            let (rows, total) = list(method, parameters)
            ids[key] = rows.map(\.id)
            results.append("\"\(key)\":\(wrapped(rows, method))")
            // A list that the portal does not have is empty here, and tells no number.
            if content.rows[method] != nil { totals.append("\"\(key)\":\(total)") }
        }
        return #"{"result":{"result":\#(Self.map(results)),"result_error":[],"#
            + #""result_total":\#(Self.map(totals)),"result_next":[]}}"#
    }

    /// As PHP writes a map.
    private static func map(_ members: [String]) -> String {
        members.isEmpty ? "[]" : "{\(members.joined(separator: ","))}"
    }

    private func list(
        _ method: String, _ parameters: [String: [String]]
    ) -> (rows: [(id: String, json: String)], total: Int) {
        var rows = content.rows[method] ?? []
        for (name, values) in parameters where name.hasPrefix("filter[") && !content.ignoresFilters
        {
            let key = name.dropFirst(7).dropLast(name.hasSuffix("[]") ? 3 : 1)
            if key.first == ">" {
                let least = Int(values.first ?? "") ?? 0
                rows.removeAll { Int($0[String(key.dropFirst())] ?? "") ?? .max <= least }
            } else {
                let member = key.first == "@" ? String(key.dropFirst()) : String(key)
                rows.removeAll { !values.contains($0[member] ?? "") }
            }
        }
        let hasID = method != "crm.address.list"
        let total = content.totals[method] ?? rows.count
        let limit = hasID ? 50 : content.addressLimit ?? .max
        var page: [(id: String, json: String)] = rows.prefix(limit).map { row in
            (row["ID"] ?? "", content.raw[method]?[row["ID"] ?? ""] ?? Self.json(row))
        }
        if parameters["order[ID]"] == ["DESC"] { page.reverse() }
        return (page, total)
    }

    private func query(_ text: String, _ ids: [String: [String]]) -> [String: [String]] {
        var parameters: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let sign = pair.firstIndex(of: "=") ?? pair.endIndex
            let name = String(pair[..<sign]).removingPercentEncoding ?? ""
            var value = String(pair[sign...].dropFirst()).removingPercentEncoding ?? ""
            if content.knowsReferences,
                let match = value.firstMatch(of: #/\$result\[(\w+)\]\[(\d+)\]/#)
            {
                let rows = ids[String(match.1)] ?? []
                let position = Int(match.2) ?? 0
                value = position < rows.count ? rows[position] : ""
            }
            parameters[name, default: []].append(value)
        }
        return parameters
    }

    private static func number(_ row: [String: String]) -> Int { Int(row["ID"] ?? "") ?? .max }

    private static func parameters(_ body: JSONValue) -> [String: [String]] {
        var parameters: [String: [String]] = [:]
        for (name, value) in body["order"].map({ Array($0.members) }) ?? [] {
            parameters["order[\(name)]"] = [value.scalarText ?? ""]
        }
        for (name, value) in body["filter"].map({ Array($0.members) }) ?? [] {
            parameters["filter[\(name)]"] = [value.scalarText ?? ""]
        }
        return parameters
    }

    /// A row as old methods write it: texts, lists given as JSON, `null` for nothing.
    private static func json(_ row: [String: String]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in row.sorted(by: { $0.key < $1.key }) {
                writer.name(name)
                if value.hasPrefix("["), let list = try? JSONDocument(parsing: value) {
                    writer.write(list.root)
                } else if value == "null" {
                    writer.writeNull()
                } else {
                    writer.write(value)
                }
            }
        }
        return writer.text
    }
}
