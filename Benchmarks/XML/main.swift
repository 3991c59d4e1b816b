import Collection
import Definitions
import FileSource
import Foundation
import Records

/// Reads a catalogue in CommerceML as a night does, and writes one to read.
///
///     xml-benchmark write FILE MEGABYTES      a catalogue of made-up products
///     xml-benchmark read FOLDER TEMPLATES     the products of the files in a folder
let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "write" where arguments.count == 4:
    try Catalogue().write(
        to: URL(filePath: arguments[2]), byteCount: (Int(arguments[3]) ?? 500) << 20)
case "read" where arguments.count == 4:
    try await readProducts(in: URL(filePath: arguments[2]), templates: URL(filePath: arguments[3]))
default:
    print("usage: xml-benchmark write FILE MEGABYTES | read FOLDER TEMPLATES")
    exit(2)
}

func readProducts(in folder: URL, templates: URL) async throws {
    let entity = try EntityFile.read(templates.appending(path: "entities/product.yaml"))
    let mapping = try MappingFile.read(
        templates.appending(path: "mappings/commerceml.yaml"), entities: [entity])
    let source = XMLFolderSource(
        name: SourceName("bench"), folder: folder, mapping: mapping,
        settings: .init(intake: IntakeSettings(completeness: .asFound)))
    let start = ContinuousClock.now
    let certificate = try await source.collect(entity, progress: { _, _ in }) { _ in }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let megabytes = Double(certificate.byteCount) / 1e6
    print(
        String(
            format: "%d products, %.0f MB, %.2f s, %.0f MB/s, %.1f us a product",
            certificate.deliveredCount, megabytes, seconds, megabytes / seconds,
            seconds * 1e6 / Double(max(1, certificate.deliveredCount))))
    guard certificate.isCertified else {
        print("not certified: \(certificate.doubts)")
        exit(1)
    }
}

/// A catalogue of products that are alike but for their numbers.
struct Catalogue {
    func write(to url: URL, byteCount: Int) throws {
        try Data().write(to: url)
        let file = try FileHandle(forWritingTo: url)
        try file.write(contentsOf: Data(head.utf8))
        var (written, number) = (0, 0)
        while written < byteCount {
            var block = ""
            for _ in 0..<200 {
                block += product(number)
                number += 1
            }
            let data = Data(block.utf8)
            try file.write(contentsOf: data)
            written += data.count
        }
        try file.write(contentsOf: Data(tail.utf8))
        try file.close()
    }

    private let head = """
        \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
        <КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07" \
        ДатаФормирования="2026-01-31T02:00:00">
        \t<Классификатор>
        \t\t<Ид>00000000-1111-4000-8000-000000000000</Ид>
        \t\t<Наименование>Классификатор</Наименование>
        \t\t<Группы>
        \t\t\t<Группа><Ид>00000000-2222-4000-8000-000000000001</Ид>\
        <Наименование>Крепёж</Наименование></Группа>
        \t\t</Группы>
        \t</Классификатор>
        \t<Каталог СодержитТолькоИзменения="false">
        \t\t<Ид>00000000-1111-4000-8000-000000000000</Ид>
        \t\t<Товары>

        """

    private let tail = "\t\t</Товары>\n\t</Каталог>\n</КоммерческаяИнформация>\n"

    private func product(_ number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        let size = 3 + number % 40
        var properties = ""
        for property in 1...6 {
            properties += """
                \t\t\t\t\t<ЗначенияСвойства>
                \t\t\t\t\t\t<Ид>00000000-3333-4000-8000-00000000000\(property)</Ид>
                \t\t\t\t\t\t<Значение>\(size),\(property)</Значение>
                \t\t\t\t\t</ЗначенияСвойства>

                """
        }
        return """
            \t\t\t<Товар>
            \t\t\t\t<Ид>0f0e0d0c-4444-4000-8000-\(padded)</Ид>
            \t\t\t\t<Штрихкод>2\(padded)</Штрихкод>
            \t\t\t\t<Артикул>БМ-\(number % 9_973)/\(size)</Артикул>
            \t\t\t\t<Наименование>Болт М\(size)х\(10 + number % 190) DIN 933 оцинкованный, \
            партия \(number)</Наименование>
            \t\t\t\t<БазоваяЕдиница Код="796 " НаименованиеПолное="Штука" \
            МеждународноеСокращение="PCE">шт</БазоваяЕдиница>
            \t\t\t\t<Группы>
            \t\t\t\t\t<Ид>00000000-2222-4000-8000-000000000001</Ид>
            \t\t\t\t</Группы>
            \t\t\t\t<Описание>Болт с шестигранной головкой, класс прочности 8.8 &amp; покрытие \
            цинком. Применяется в строительстве, машиностроении и для сборки мебели.</Описание>
            \t\t\t\t<ЗначенияСвойств>
            \(properties)\t\t\t\t</ЗначенияСвойств>
            \t\t\t\t<СтавкиНалогов>
            \t\t\t\t\t<СтавкаНалога>
            \t\t\t\t\t\t<Наименование>НДС</Наименование>
            \t\t\t\t\t\t<Ставка>20</Ставка>
            \t\t\t\t\t</СтавкаНалога>
            \t\t\t\t</СтавкиНалогов>
            \t\t\t\t<ЗначенияРеквизитов>
            \t\t\t\t\t<ЗначениеРеквизита>
            \t\t\t\t\t\t<Наименование>ВидНоменклатуры</Наименование>
            \t\t\t\t\t\t<Значение>Товар (крепёж)</Значение>
            \t\t\t\t\t</ЗначениеРеквизита>
            \t\t\t\t\t<ЗначениеРеквизита>
            \t\t\t\t\t\t<Наименование>ТипНоменклатуры</Наименование>
            \t\t\t\t\t\t<Значение>Товар</Значение>
            \t\t\t\t\t</ЗначениеРеквизита>
            \t\t\t\t\t<ЗначениеРеквизита>
            \t\t\t\t\t\t<Наименование>Полное наименование</Наименование>
            \t\t\t\t\t\t<Значение>Болт М\(size) DIN 933 &quot;\(number)&quot;</Значение>
            \t\t\t\t\t</ЗначениеРеквизита>
            \t\t\t\t</ЗначенияРеквизитов>
            \t\t\t</Товар>

            """
    }
}
