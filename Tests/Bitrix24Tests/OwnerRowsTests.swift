@testable import Bitrix24
import Collection
import Records
import Synchronization
import TestSupport
import Testing

@Suite("Rows of one owner beyond a page")
struct OwnerRowsTests {
    /// What a portal does with a filter by the rows' ids.
    enum Manner: String, CaseIterable, Sendable {
        case follows, ignores, refuses
    }

    private func ids(_ portal: RowPortal) async throws -> [Int64] {
        let client = PortalClient(
            access: try Webhook("https://portal.example/rest/1/s3cretcode/"),
            pipeline: RequestPipeline(
                transport: portal, limiter: nil, clock: MonotonicClock(ManualClock())),
            operating: OperatingTime(limit: nil))
        let list = RelatedList(
            name: "line", list: "crm.item.productrow.list?filter[=ownerType]=D", id: "id",
            owner: "ownerId")
        var rows = OwnerRows(
            list: list, method: ListMethod(list.list), select: ["id", "ownerId"], client: client)
        return try await rows.rows(of: ["7"])["7", default: []].compactMap { $0["id"]?.integer }
    }

    @Test(
        "come once each, by their ids or, where the portal does not filter by them, by position",
        arguments: Manner.allCases)
    func beyond(manner: Manner) async throws {
        let portal = RowPortal(manner)
        #expect(try await ids(portal) == Array(1...120))
        let positions = portal.commands.count { !$0.contains("start=0") }
        #expect(positions == (manner == .follows ? 0 : 2))
    }

    @Test("lose none to a row that goes meanwhile")
    func deleted() async throws {
        let portal = RowPortal(.follows) { rows, page in if page == 1 { rows.removeFirst() } }
        #expect(try await ids(portal) == Array(1...120))
    }
}

/// A portal with 120 rows of one deal.
private final class RowPortal: HTTPTransport {
    /// What happens to the rows after so many pages were given.
    typealias Change = @Sendable (_ rows: inout [Int], _ page: Int) -> Void

    private struct State {
        var rows = Array(1...120)
        var commands: [String] = []
    }

    private let manner: OwnerRowsTests.Manner
    private let change: Change
    private let state = Mutex(State())

    init(_ manner: OwnerRowsTests.Manner, change: @escaping Change = { _, _ in }) {
        self.manner = manner
        self.change = change
    }

    /// The commands that were run.
    var commands: [String] { state.withLock { $0.commands } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = try JSONDocument(parsing: request.body ?? []).root
        let command = body["cmd"]?["c0"]?.string ?? ""
        return HTTPResponse(status: 200, body: Array(answer(command).utf8))
    }

    private func answer(_ command: String) -> String {
        func value(_ name: String) -> Int? {
            command.split(separator: "&").first { $0.contains(name + "=") }
                .flatMap { Int($0.drop { $0 != "=" }.dropFirst()) }
        }
        return state.withLock { state in
            state.commands.append(command)
            let bound = value("filter[%3Eid]")
            if bound != nil, manner == .refuses {
                return #"{"result":{"result":[],"result_error":{"c0":{"error":"INVALID_ARG_VALUE","#
                    + #""error_description":"Invalid filter: field 'id' is not allowed"}}}}"#
            }
            let least = manner == .follows ? bound ?? 0 : 0
            let page = state.rows.filter { $0 > least }.dropFirst(value("start") ?? 0).prefix(50)
            change(&state.rows, state.commands.count)
            let rows = page.map { #"{"id":\#($0),"ownerId":7,"ownerType":"D"}"# }
            return #"{"result":{"result":{"c0":{"productRows":[\#(rows.joined(separator: ","))]}},"#
                + #""result_error":[]}}"#
        }
    }
}
