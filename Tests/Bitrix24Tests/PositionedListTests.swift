import Bitrix24
import Collection
import Foundation
import Records
import Synchronization
import Testing

@Suite("Lists that a portal pages by position")
struct PositionedListTests {
    private let fixture: PortalFixture

    init() throws { fixture = try PortalFixture(entity: "user") }

    private func users(_ ids: [Int]) -> [String] { ids.map(String.init) }

    @Test("a row that goes pushes no other one out: the list is read again")
    func deleted() async throws {
        let portal = ShiftingPortal { list, page in if page == 1 { list.removeFirst() } }
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.map(\.id.rawValue) == users(Array(2...120)))
        #expect(certificate.isCertified, "\(certificate.doubts)")
        #expect(certificate.announcedCount == 120 && certificate.listedCount == 119)
    }

    @Test("nor where another one comes, so that their number stays")
    func replaced() async throws {
        let portal = ShiftingPortal { list, page in
            guard page == 2 else { return }
            list.removeFirst()
            list.append(121)
        }
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.map(\.id.rawValue) == users(Array(2...121)))
        #expect(certificate.isCertified, "\(certificate.doubts)")
    }

    @Test("rows that go in every reading are a doubt, though their number is explained")
    func alwaysDeleted() async throws {
        let portal = ShiftingPortal { list, page in if page % 3 == 1 { list.removeFirst() } }
        let (records, certificate) = try await fixture.read(portal)
        #expect(Set(records.map(\.id)).count == records.count)
        #expect(isPartial(certificate, "user.get"), "\(certificate.doubts)")
    }

    @Test("a page that was given before is none of the rest")
    func repeated() async throws {
        let portal = ShiftingPortal(ignoresStart: true) { _, _ in }
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.count == 50)
        #expect(isPartial(certificate, "user.get"), "\(certificate.doubts)")
    }

    @Test("names that may be missing from a small list are a doubt of what they are names in")
    func lookup() async throws {
        let portal = ShiftingPortal("department.get") { list, page in
            if page % 3 == 1 { list.removeFirst() }
        }
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.count == 1)
        #expect(isPartial(certificate, "department.get"), "\(certificate.doubts)")
    }

    @Test("a list of one page is asked for once, one of several is counted once more")
    func requests() async throws {
        let portal = ShiftingPortal { _, _ in }
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.count == 120 && certificate.isCertified)
        #expect(portal.calls.count { $0 == "department.get" } == 2)
        // Counted before, twice after; three pages.
        #expect(portal.calls.count { $0 == "user.get" } == 6)
    }

    private func isPartial(_ certificate: Certificate, _ method: String) -> Bool {
        certificate.doubts.contains { doubt in
            if case .partial(let detail) = doubt { detail.contains(method) } else { false }
        }
    }
}

/// A portal with two lists by position, of which one changes while it is read.
private final class ShiftingPortal: HTTPTransport {
    /// What happens to the ids of the list after so many pages of it were given.
    typealias Change = @Sendable (_ list: inout [Int], _ page: Int) -> Void

    private struct State {
        var lists: [String: [Int]]
        var pages = 0
        var calls: [String] = []
    }

    private let shifting: String
    private let ignoresStart: Bool
    private let change: Change
    private let state: Mutex<State>

    init(
        _ shifting: String = "user.get", ignoresStart: Bool = false, change: @escaping Change
    ) {
        self.shifting = shifting
        self.ignoresStart = ignoresStart
        self.change = change
        var lists = ["user.get": [1], "department.get": [1]]
        lists[shifting] = Array(1...120)
        state = Mutex(State(lists: lists))
    }

    /// The methods that were called.
    var calls: [String] { state.withLock { $0.calls } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let method = String(request.url.split(separator: "/").last ?? "")
        let body = try JSONDocument(parsing: request.body ?? []).root
        return HTTPResponse(status: 200, body: Array(answer(method, body).utf8))
    }

    private func answer(_ method: String, _ body: JSONValue) -> String {
        state.withLock { state in
            state.calls.append(method)
            switch method {
            case "profile": return #"{"result":{"ID":"1","ADMIN":true}}"#
            case "scope": return #"{"result":["user","department"]}"#
            default: break
            }
            guard let list = state.lists[method] else {
                return #"{"error":"ERROR_METHOD_NOT_FOUND"}"#
            }
            let isDescending = body["order"]?.string == "DESC"
            let start = ignoresStart ? 0 : Int(body["start"]?.integer ?? 0)
            let rows = (isDescending ? list.reversed() : list).dropFirst(start).prefix(50)
            let next = start + 50 < list.count ? ",\"next\":\(start + 50)" : ""
            if method == shifting, !isDescending {
                state.pages += 1
                change(&state.lists[method, default: []], state.pages)
            }
            let json = rows.map {
                #"{"ID":"\#($0)","NAME":"Name \#($0)","LAST_NAME":"Family","UF_DEPARTMENT":[7]}"#
            }
            return "{\"result\":[\(json.joined(separator: ","))],\"total\":\(list.count)\(next)}"
        }
    }
}
