import Collection
import Foundation
import Synchronization

/// An infobase in memory: `$metadata`, `$count` and pages by position, and faults where told.
final class InfobaseDouble: HTTPTransport {
    /// What an infobase may do wrong, by the number of the request from 0 and its decoded address.
    typealias Fault = @Sendable (_ number: Int, _ url: String) -> HTTPResponse?

    /// Entities as JSON; may change while they are read.
    let entities: Mutex<[String]>
    private let set: String
    private let properties: [String]
    private let further: [FurtherSet]
    private let fault: Fault
    private let log = Mutex<[HTTPRequest]>([])

    init(
        _ entities: [String], of set: String = "Catalog_Контрагенты",
        properties: [String] = InfobaseDouble.usualProperties, further: [FurtherSet] = [],
        fault: @escaping Fault = { _, _ in nil }
    ) {
        self.entities = Mutex(entities)
        self.set = set
        self.properties = properties
        self.further = further
        self.fault = fault
    }

    /// A set besides, which stays as it is.
    struct FurtherSet {
        let name: String
        let entities: [String]
        let properties: [String]
    }

    static let usualProperties = [
        "Ref_Key", "IsFolder", "Description", "НаименованиеПолное", "НалоговыйНомер",
        "ЮридическоеФизическоеЛицо", "РегистрационныйНомер", "ИНН", "КПП", "Code",
        "ГоловнойКонтрагент_Key", "DeletionMark",
    ]

    /// The requests so far.
    var sent: [HTTPRequest] { log.withLock { $0 } }

    /// Their addresses after `standard.odata`, decoded.
    var paths: [String] {
        sent.map { request in
            let url = request.url.removingPercentEncoding ?? ""
            return url.components(separatedBy: "standard.odata").last ?? ""
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count - 1
        }
        let url = request.url.removingPercentEncoding ?? ""
        if let response = fault(number, url) { return response }
        if url.hasSuffix("$metadata") {
            return HTTPResponse(status: 200, body: Array(metadata.utf8))
        }
        let named = further.first { url.contains("/\($0.name)") }
        let entities = named?.entities ?? entities.withLock { $0 }
        if url.contains("/$count") {
            return HTTPResponse(status: 200, body: Array("\u{FEFF}\(entities.count)".utf8))
        }
        let skip = option("skip", of: url) ?? 0
        let page = entities.dropFirst(skip).prefix(option("top", of: url) ?? .max)
        return HTTPResponse(
            status: 200, body: Array(#"{"value":[\#(page.joined(separator: ","))]}"#.utf8))
    }

    private func option(_ name: String, of url: String) -> Int? {
        url.components(separatedBy: "$\(name)=").dropFirst().first
            .flatMap { Int($0.prefix { $0.isNumber }) }
    }

    private var metadata: String {
        func described(_ properties: [String]) -> String {
            properties.map { #"<Property Name="\#($0)" Type="Edm.String"/>"# }.joined()
        }
        let types = further.map {
            #"<EntityType Name="\#($0.name)">\#(described($0.properties))</EntityType>"#
        }
        let sets = further.map {
            #"<EntitySet Name="\#($0.name)" EntityType="StandardODATA.\#($0.name)"/>"#
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <edmx:Edmx xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" Version="1.0">
            <edmx:DataServices><Schema Namespace="StandardODATA">
            <EntityType Name="Catalog_Прочее"><Property Name="Лишнее" Type="Edm.String"/></EntityType>
            \(types.joined())
            <EntityType Name="\(set)">\(described(properties))
            <Property Name="КонтактнаяИнформация"
             Type="Collection(StandardODATA.Catalog_Контрагенты_КонтактнаяИнформация_RowType)"/>
            </EntityType>
            <ComplexType Name="Catalog_Контрагенты_КонтактнаяИнформация_RowType">
            <Property Name="Тип" Type="Edm.String"/><Property Name="Представление" Type="Edm.String"/>
            <Property Name="ЗначенияПолей" Type="Edm.String"/></ComplexType>
            <EnumType Name="AllowedLength"/><EnumType Name="AllowedLength"/>
            <EntityContainer Name="EnterpriseV8">
            <EntitySet Name="\(set)" EntityType="StandardODATA.\(set)"/>
            \(sets.joined())
            </EntityContainer></Schema></edmx:DataServices></edmx:Edmx>
            """
    }

    /// A counterparty with a GUID of its own, in no order of theirs.
    static func entity(_ number: Int, _ members: String = "") -> String {
        #"{"Ref_Key":"\#(key(number))","IsFolder":false,"Description":"Name \#(number)"\#(members)}"#
    }

    static func key(_ number: Int) -> String {
        let mixed = String(UInt32(truncatingIfNeeded: number &* 2_654_435_761), radix: 16)
        return String(repeating: "0", count: 8 - mixed.count) + mixed
            + "-d629-11e5-0a9b-" + String(100_000_000_000 + number)
    }
}
