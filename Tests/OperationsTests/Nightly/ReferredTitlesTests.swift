import Foundation
import Records
import Storage
import Testing

@testable import Operations

@Suite("Findings of records that are named by another", .timeLimit(.minutes(10)))
struct ReferredTitlesTests {
    private static let product = "0a2b6f9e-1111-11ee-9c1a-00155d000001"
    private static let files = [
        "left/product.csv": "id,Наименование,Артикул\n\(product),Гайка М8 оцинкованная,G-8\n",
        "right/product.csv": "id,NAME,Артикул\n17,Гайка М8 оцинкованная,G-8\n",
        "left/price.csv": """
        id,Номенклатура,Вид цены,Цена
        p1,\(product),Розничная,100.00
        p2,gone,Розничная,5.00
        """,
        "right/price.csv": """
        id,Номенклатура,Вид цены,Цена
        1,\(product),Розничная,110.00
        2,gone,Розничная,6.00
        """,
    ]

    @Test("are called by what that is called, and by its id where it is gone")
    func names() async throws {
        try await FolderScene.play(Self.files, settings: "entities: [product, price]") { scene in
            let outcome = try await scene.night()
            let prices = try #require(outcome.entities.first { $0.entity == EntityName("price") })
            let titles = prices.findings.filter { $0.kind == .mismatch }.map(\.title)
            #expect(titles.sorted() == ["gone", "Гайка М8 оцинкованная"])
            let stored = try await scene.withStore { store in
                try await store.openFindings(EntityName("price")).map(\.finding.title)
            }
            #expect(Set(stored).contains("Гайка М8 оцинкованная"))
        }
    }
}
