public import Foundation

/// Writes the two sides of a world as the files that a person would export from each system.
///
/// What is left out is what such exports leave out: groups and records marked as deleted in 1C,
/// the portal owner's own companies in Bitrix24.
public struct SandboxExport {
    let world: World

    /// Prepares to export a world.
    public init(_ world: World) { self.world = world }

    /// Writes all files into a folder, creating it when it is not there.
    ///
    /// | file | columns |
    /// | --- | --- |
    /// | `onec.csv` | `Ref_Key,Code,Description,НаименованиеПолное,ИНН,КПП,Телефон,Email,Адрес` |
    /// | `bitrix24.csv` | `ID,TITLE,RQ_INN,RQ_KPP,PHONE,EMAIL,ADDRESS,ORIGIN_ID` |
    /// | `truth.csv` | `left_id,right_id`: every true pair, duplicates all to all |
    /// | `dup_onec.csv`, `dup_bitrix24.csv` | `id,cluster`: the records kept more than once |
    /// | `truth.jsonl` | the planted errors of all entities |
    /// | `onec/<entity>.csv`, `bitrix24/<entity>.csv` | one side's records of an entity, under headers that Sverka's entity files know |
    /// | `onec/operation.jsonl` | the journal of the integration |
    /// | `truth/<entity>.csv` | `left_id,right_id`: every true pair of an entity |
    ///
    /// - Parameter folder: Where to; files that are there are replaced.
    /// - Throws: What the file system says when a file cannot be written.
    public func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let left = try writeCounterparties(to: folder.appending(path: "onec.csv"))
        let right = try writeCompanies(to: folder.appending(path: "bitrix24.csv"))
        try writePairs(left, right, to: folder.appending(path: "truth.csv"))
        try writeClusters(left, to: folder.appending(path: "dup_onec.csv"))
        try writeClusters(right, to: folder.appending(path: "dup_bitrix24.csv"))
        try Data(world.truthFile.utf8).write(to: folder.appending(path: "truth.jsonl"))
        try writeEntities(to: folder)
    }

    /// A record's id and the organisation that it is a record of.
    private typealias Row = (id: String, organization: Int32)

    private func writeCounterparties(to url: URL) throws -> [Row] {
        var file = try CSVFile(
            url,
            header: [
                "Ref_Key", "Code", "Description", "НаименованиеПолное", "ИНН", "КПП", "Телефон",
                "Email", "Адрес",
            ])
        var rows: [Row] = []
        for record in world.counterparties where record.flags.isDisjoint(with: [.folder, .deleted])
        {
            let phones = [record.phone, record.secondPhone].compactMap { $0?.text }
            let address = record.kind == .foreign ? nil : record.address
            try file.add([
                record.key.text, record.codeText, record.description, record.fullName,
                record.taxID, record.kpp, phones.joined(separator: ", "), record.email,
                address?.line(notation: record.addressNotation) ?? "",
            ])
            rows.append((record.key.text, record.organization))
        }
        try file.close()
        return rows
    }

    private func writeCompanies(to url: URL) throws -> [Row] {
        var file = try CSVFile(
            url,
            header: [
                "ID", "TITLE", "RQ_INN", "RQ_KPP", "PHONE", "EMAIL", "ADDRESS", "ORIGIN_ID",
            ])
        var rows: [Row] = []
        var requisite = world.requisites.startIndex
        var address = world.addresses.startIndex
        // Requisites and addresses ascend with their companies, so that one walk reads all three.
        for company in world.companies {
            var details: Requisite?
            while requisite < world.requisites.endIndex,
                world.requisites[requisite].companyID <= company.id
            {
                let candidate = world.requisites[requisite]
                if details == nil, candidate.companyID == company.id, candidate.isActive,
                    !candidate.isAddressOnly
                {
                    details = candidate
                }
                requisite += 1
            }
            var place: PortalAddress?
            while address < world.addresses.endIndex,
                world.addresses[address].companyID <= company.id
            {
                let candidate = world.addresses[address]
                if candidate.companyID == company.id, place == nil || candidate.type == 6 {
                    place = candidate
                }
                address += 1
            }
            guard !company.isMine else { continue }
            try file.add([
                String(company.id), company.title, details?.taxID ?? "", details?.kpp ?? "",
                company.phones.map(\.text).joined(separator: ", "), company.email,
                place.map(line) ?? "", company.origin?.text ?? "",
            ])
            rows.append((String(company.id), company.organization))
        }
        try writePersons(to: &file, &rows)
        try file.close()
        return rows
    }

    /// Contacts that stand for sole proprietors and persons come after the companies.
    private func writePersons(to file: inout CSVFile, _ rows: inout [Row]) throws {
        let persons = world.portal.contacts.filter { $0.organization >= 0 }
        guard !persons.isEmpty else { return }
        let details = Dictionary(
            world.requisites.filter { $0.isOfContact && $0.isActive && !$0.isAddressOnly }
                .map { ($0.companyID, $0) }, uniquingKeysWith: { first, _ in first })
        let places = Dictionary(
            world.addresses.filter(\.isOfContact).map { ($0.companyID, $0) },
            uniquingKeysWith: { first, next in next.type == 6 ? next : first })
        for person in persons {
            try file.add([
                person.counterpartyID, person.name.text, details[person.id]?.taxID ?? "",
                details[person.id]?.kpp ?? "", person.phoneTexts.joined(separator: ", "),
                person.email?.text ?? "", places[person.id].map(line) ?? "",
                person.origin?.text ?? "",
            ])
            rows.append((person.counterpartyID, person.organization))
        }
    }

    private func line(_ address: PortalAddress) -> String {
        let parts: [String?] = [
            address.address.postalCode, address.address.province,
            address.address.cityName(notation: address.notation),
            address.address.streetLine(notation: address.notation),
            address.address.officeLine(notation: address.notation),
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private func writePairs(_ left: [Row], _ right: [Row], to url: URL) throws {
        var file = try CSVFile(url, header: ["left_id", "right_id"])
        let rightOf = Dictionary(grouping: right) { $0.organization }
        for row in left where row.organization >= 0 {
            for other in rightOf[row.organization] ?? [] { try file.add([row.id, other.id]) }
        }
        try file.close()
    }

    private func writeClusters(_ rows: [Row], to url: URL) throws {
        var file = try CSVFile(url, header: ["id", "cluster"])
        let groups = Dictionary(grouping: rows.filter { $0.organization >= 0 }) { $0.organization }
        for (organization, members) in groups.sorted(by: { $0.key < $1.key })
        where members.count > 1 {
            for member in members { try file.add([member.id, String(organization)]) }
        }
        try file.close()
    }
}
