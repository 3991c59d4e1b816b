import Foundation
import Sandbox
import Testing

@Suite("Identifiers of the world")
struct IdentifierTests {
    /// Check digits as the tax service defines them, worked out here once more.
    static func isRight(_ taxID: String) -> Bool {
        let digits = taxID.compactMap(\.wholeNumberValue)
        guard digits.count == taxID.count, !taxID.hasPrefix("00") else { return false }
        func check(_ weights: [Int]) -> Int { zip(digits, weights).map(*).reduce(0, +) % 11 % 10 }
        switch digits.count {
        case 10: return digits[9] == check([2, 4, 10, 3, 5, 9, 4, 6, 8])
        case 12:
            return digits[10] == check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
                && digits[11] == check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
        default: return false
        }
    }

    @Test("are right in 1C, but for the ИНН planted wrong there")
    func taxIDs() async throws {
        try await withSandbox(size: 1200) { client, sandbox in
            let answer = try await client.odata(
                "Catalog_Контрагенты?$format=application/json;odata=nometadata&$select=Ref_Key,ИНН,КПП,"
                    + "РегистрационныйНомер,ЮридическоеФизическоеЛицо&$filter=IsFolder eq false")
            let rows = try #require(answer.object?["value"] as? [[String: Any]])
            let planted = Set(
                sandbox.world.plantedErrors.filter { $0.kind == .invalid && $0.side != .right }
                    .flatMap(\.leftIDs))
            #expect(!planted.isEmpty)
            var taxIDs: Set<String> = []
            for row in rows {
                let key = try #require(row["Ref_Key"] as? String)
                let taxID = try #require(row["ИНН"] as? String)
                let kpp = try #require(row["КПП"] as? String)
                let number = try #require(row["РегистрационныйНомер"] as? String)
                if !taxID.isEmpty {
                    #expect(Self.isRight(taxID) != planted.contains(key))
                    taxIDs.insert(taxID)
                }
                if !kpp.isEmpty {
                    #expect(kpp.wholeMatch(of: /[0-9]{4}[0-9A-Z]{2}[0-9]{3}/) != nil)
                }
                if let value = Int(number.dropLast()), let last = number.last?.wholeNumberValue {
                    #expect(last == (number.count == 13 ? value % 11 % 10 : value % 13 % 10))
                }
            }
            #expect(taxIDs.count > 1000)
        }
    }
}
