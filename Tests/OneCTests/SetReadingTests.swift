import Collection
import Foundation
import OneC
import Records
import Synchronization
import Testing

@Suite("Reading an infobase")
struct SetReadingTests {
    private let fixture: InfobaseFixture

    init() throws { fixture = try InfobaseFixture() }

    @Test(
        "every entity comes once, whatever the size of pages", arguments: [0, 1, 49, 50, 51, 3_007])
    func whole(count: Int) async throws {
        let infobase = InfobaseDouble((0..<count).map { InfobaseDouble.entity($0) })
        var settings = OneCSource.Settings()
        settings.pageBytes = 40_000
        let (records, certificate) = try await fixture.read(infobase, settings: settings)
        let expected = (0..<count).map(InfobaseDouble.key)
        #expect(records.map(\.id.rawValue) == expected)
        #expect(certificate.isCertified)
        #expect(certificate.announcedCount == count && certificate.announcedCountAfter == count)
        #expect(certificate.deliveredCount == count && certificate.repeatedCount == 0)
        #expect(certificate.requests == infobase.paths.count)
    }

    @Test("pages are as long as their bytes allow")
    func pageLength() async throws {
        let long = #","НаименованиеПолное":"\#(String(repeating: "x", count: 1_000))""#
        let infobase = InfobaseDouble((0..<400).map { InfobaseDouble.entity($0, long) })
        var settings = OneCSource.Settings()
        settings.pageBytes = 110_000
        _ = try await fixture.read(infobase, settings: settings)
        let tops = infobase.paths.compactMap { path in
            path.components(separatedBy: "$top=").dropFirst().first.flatMap { Int($0) }
        }
        #expect(tops.first == 50)
        #expect(tops.dropFirst().allSatisfy { (90...105).contains($0) })
    }

    @Test("only published names are selected, encoded so that nobody reads them otherwise")
    func selection() async throws {
        let infobase = InfobaseDouble([InfobaseDouble.entity(1)])
        _ = try await fixture.read(infobase)
        let url = try #require(infobase.sent.first { $0.url.contains("top=") }).url
        #expect(url.allSatisfy { $0.isASCII && $0 != "+" && $0 != " " && $0 != ";" })
        let path = try #require(infobase.paths.first { $0.contains("$top") })
        #expect(path.contains("КонтактнаяИнформация/Тип,КонтактнаяИнформация/Представление"))
        #expect(path.contains("$orderby=Ref_Key") && !path.contains("ЗначенияПолей"))
        #expect(path.contains("$format=application/json;odata=nometadata"))
        let authorization = infobase.sent[0].headers.first { $0.name == "Authorization" }?.value
        #expect(authorization == "Basic " + Data("Администратор:секрет".utf8).base64EncodedString())
    }

    @Test("folders are left out and counted, which is no doubt")
    func folders() async throws {
        let folder = InfobaseDouble.entity(1).replacing("false", with: "true")
        let infobase = InfobaseDouble([InfobaseDouble.entity(0), folder, InfobaseDouble.entity(2)])
        let (records, certificate) = try await fixture.read(infobase)
        #expect(records.count == 2 && certificate.isCertified)
        #expect(certificate.skippedCount == 1 && certificate.noteCounts["skipped_folder"] == 1)
    }

    @Test("an entity without a key is left out, counted and a doubt")
    func withoutKey() async throws {
        let infobase = InfobaseDouble([
            InfobaseDouble.entity(0), #"{"Description":"no key"}"#, InfobaseDouble.entity(2),
        ])
        let (records, certificate) = try await fixture.read(infobase)
        #expect(records.count == 2)
        #expect(certificate.doubts == [.recordsSkipped(count: 1)])
    }

    @Test("an entity created in the middle is found by reading again, each id delivered once")
    func insertion() async throws {
        let isInserted = Mutex(false)
        let infobase = InfobaseDouble((0..<300).map { InfobaseDouble.entity($0) })
        let transport = ChangingTransport(infobase) { url in
            guard url.contains("skip=49"), !isInserted.withLock({ $0 }) else { return }
            isInserted.withLock { $0 = true }
            infobase.entities.withLock { $0.insert(InfobaseDouble.entity(999), at: 0) }
        }
        let (records, certificate) = try await fixture.read(transport)
        #expect(records.count == 301 && Set(records.map(\.id)).count == 301)
        #expect(certificate.isCertified)
        #expect(certificate.announcedCount == 301 && certificate.repeatedCount == 2)
    }

    @Test(
        "an entity deleted and another created in one pass are found out, though the number is right"
    )
    func exchange() async throws {
        let step = Mutex(0)
        let infobase = InfobaseDouble((0..<300).map { InfobaseDouble.entity($0) })
        let transport = ChangingTransport(infobase) { url in
            guard url.contains("skip=49"),
                step.withLock({
                    $0 += 1; return $0
                }) == 1
            else { return }
            // Every later row moves up by one, and what stands at 50 would be passed over.
            infobase.entities.withLock {
                $0.remove(at: 7)
                $0.append(InfobaseDouble.entity(999))
            }
        }
        let (records, certificate) = try await fixture.read(transport)
        let ids = Set(records.map(\.id.rawValue))
        #expect(ids.isSuperset(of: [InfobaseDouble.key(50), InfobaseDouble.key(999)]))
        #expect(certificate.doubts == [.countDiffers(announced: 300, delivered: 301)])
    }

    @Test("an infobase that never stands still is read a bounded number of times and doubted")
    func restless() async throws {
        let number = Mutex(1_000)
        let infobase = InfobaseDouble((0..<120).map { InfobaseDouble.entity($0) })
        let transport = ChangingTransport(infobase) { url in
            guard url.contains("top=") else { return }
            let next = number.withLock { number in
                number += 1
                return number
            }
            infobase.entities.withLock { $0.append(InfobaseDouble.entity(next)) }
        }
        let (records, certificate) = try await fixture.read(transport)
        #expect(Set(records.map(\.id)).count == records.count)
        #expect(!certificate.isCertified)
        #expect(certificate.doubts.contains(.changedWhileReading(before: 123, after: 124)))
        #expect(infobase.paths.count { $0.contains("skip=0&") } == 3)
    }

    @Test("a page that repeats ends the reading instead of going on for ever")
    func repeats() async throws {
        let page = (0..<50).map { InfobaseDouble.entity($0) }
        let infobase = InfobaseDouble((0..<300).map { InfobaseDouble.entity($0) }) { _, url in
            url.contains("$top")
                ? HTTPResponse(
                    status: 200, body: Array(#"{"value":[\#(page.joined(separator: ","))]}"#.utf8))
                : nil
        }
        await #expect {
            _ = try await fixture.read(infobase)
        } throws: { error in
            let message = (error as? CollectionError)?.message ?? ""
            return message.contains("were read before (position 50)")
        }
    }

    @Test("rights that may hide rows are a doubt, and the request says so")
    func allowedOnly() async throws {
        let infobase = InfobaseDouble([InfobaseDouble.entity(0)])
        let settings = OneCSource.Settings(isAllowedOnly: true)
        let (_, certificate) = try await fixture.read(infobase, settings: settings)
        #expect(!certificate.isCertified)
        #expect(infobase.paths.contains { $0.contains("$top") && $0.contains("allowedOnly=true") })
    }

    @Test("one session serves the reading and is given back")
    func session() async throws {
        let infobase = InfobaseDouble([InfobaseDouble.entity(0)])
        let transport = SessionTransport(infobase)
        _ = try await fixture.read(transport, settings: OneCSource.Settings(usesSession: true))
        let headers = infobase.sent.map { request in
            request.headers.filter { ["IBSession", "Cookie"].contains($0.name) }
                .map { "\($0.name)=\($0.value)" }
        }
        #expect(headers.first == ["IBSession=start"])
        #expect(headers.last == ["Cookie=ibsession=42", "IBSession=finish"])
        #expect(headers.dropFirst().dropLast().allSatisfy { $0 == ["Cookie=ibsession=42"] })
    }

    @Test("a lost session is started anew once")
    func lostSession() async throws {
        let infobase = InfobaseDouble([InfobaseDouble.entity(0)]) { number, _ in
            number == 1 ? HTTPResponse(status: 400, body: []) : nil
        }
        let transport = SessionTransport(infobase)
        let (records, _) = try await fixture.read(
            transport, settings: OneCSource.Settings(usesSession: true))
        #expect(records.count == 1)
    }
}

/// An infobase where somebody works meanwhile.
private struct ChangingTransport: HTTPTransport {
    let infobase: InfobaseDouble
    let change: @Sendable (String) -> Void

    init(_ infobase: InfobaseDouble, change: @escaping @Sendable (String) -> Void) {
        self.infobase = infobase
        self.change = change
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        change(request.url)
        return try await infobase.send(request)
    }
}

/// An infobase that lets its client keep a session.
private struct SessionTransport: HTTPTransport {
    let infobase: InfobaseDouble

    init(_ infobase: InfobaseDouble) { self.infobase = infobase }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var response = try await infobase.send(request)
        if request.headers.contains(where: { $0.name == "IBSession" && $0.value == "start" }) {
            response.headers = [("Set-Cookie", "ibsession=42; Path=/")]
        }
        return response
    }
}
