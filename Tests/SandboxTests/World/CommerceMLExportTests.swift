import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import Sandbox

/// Collects the elements of a file by their paths.
private final class ElementCollector: NSObject, XMLParserDelegate {
    private(set) var texts: [String: [String]] = [:]
    private(set) var attributes: [String: [[String: String]]] = [:]
    private var path: [String] = []
    private var text = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        path.append(name)
        text = ""
        self.attributes[path.suffix(2).joined(separator: "/"), default: []].append(attributes)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        texts[path.suffix(2).joined(separator: "/"), default: []].append(text)
        path.removeLast()
        text = ""
    }
}

@Suite("Export as CommerceML")
struct CommerceMLExportTests {
    private func elements(_ url: URL) throws -> ElementCollector {
        let collector = ElementCollector()
        let parser = XMLParser(data: try Data(contentsOf: url))
        parser.delegate = collector
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        return collector
    }

    @Test("writes every group and product, the deleted ones as such")
    func goods() throws {
        let folder = try TemporaryFolder()
        let world = World(WorldOptions(size: 500, seed: 6))

        var export = CommerceMLExport(world)
        try export.write(to: folder.url)

        let file = try elements(folder.url.appending(path: "import.xml"))
        let products = world.infobase.products
        #expect(file.texts["Товар/Ид"] == products.map(\.key.text))
        #expect(file.texts["Товар/Наименование"] == products.map(\.description))
        #expect(
            file.attributes["Товары/Товар"]?.map { $0["Статус"] == "Удален" }
                == products.map(\.isDeleted))
        #expect(
            Set(file.texts["Группа/Ид"] ?? [])
                == Set(world.infobase.productGroups.map(\.key.text)))
        #expect(file.attributes["Товар/БазоваяЕдиница"]?.first?["Код"] == "796 ")
        #expect(file.texts["СтавкаНалога/Ставка"]?.contains("Без НДС") == true)
    }

    @Test("leaves no file of an export of another form, and those of others as they are")
    func otherForms() throws {
        let folder = try TemporaryFolder()
        let world = World(WorldOptions(size: 60, seed: 6))
        for name in ["important.xml", "import.csv", "offers1_1.xml"] {
            _ = try folder.write("", to: name)
        }
        let others = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        for form in [["goods-per-file=7", "documents=on"], ["zip=on"], ["documents=on"], []] {
            var options = CommerceMLOptions()
            for text in form { try options.set(text) }
            var export = CommerceMLExport(world, options)
            let written = try export.write(to: folder.url)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(Set(names) == Set(others + written), "\(form)")
        }
    }

    @Test("writes the last price of each kind and the balance of each warehouse")
    func offers() throws {
        let folder = try TemporaryFolder()
        let world = World(WorldOptions(size: 500, seed: 6))

        var export = CommerceMLExport(world)
        try export.write(to: folder.url)

        let file = try elements(folder.url.appending(path: "offers.xml"))
        let left = world.infobase
        func isSold(_ product: Int32) -> Bool { !left.products[Int(product)].isDeleted }
        let prices = left.prices.filter { $0.isLast && $0.kind.isInPortal && isSold($0.product) }
        #expect(file.texts["Цена/ЦенаЗаЕдиницу"] == prices.map { Arithmetic.text($0.price) })
        #expect(file.texts["Цена/ИдТипаЦены"] == prices.map(\.kind.key.text))
        let stock = left.stock.filter { isSold($0.product) }
        #expect(
            file.attributes["Предложение/Склад"]?.map { $0["КоличествоНаСкладе"] }
                == stock.map { Arithmetic.text(quantity: $0.quantity) })
        let offers = try #require(file.texts["Предложение/Ид"])
        #expect(Set(offers).count == offers.count)
        #expect(offers.count { $0.contains("#") } == left.characteristics.count)
        #expect(file.attributes["КоммерческаяИнформация/ПакетПредложений"]?.count == 1)
    }
}
