internal import Foundation

extension SandboxExport {
    /// Writes the portal's records; templates of deals and payments that did not come are left out.
    func writePortal(to folder: URL) throws {
        try writeContacts(to: folder)
        try writeCatalogue(to: folder)
        try writePricesAndStores(to: folder)
        try writeDeals(to: folder)
        try writePayments(to: folder)
        let departments = Dictionary(
            world.portal.departments.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        try table(
            folder, "user",
            ["ID", "NAME", "EMAIL", "WORK_POSITION", "UF_DEPARTMENT", "ACTIVE"],
            world.portal.employees
        ) {
            [
                String($0.id), $0.name.text, $0.email, $0.position,
                $0.departmentIDs.compactMap { departments[$0] }.joined(separator: ", "),
                $0.isActive ? "Y" : "N",
            ]
        }
    }

    /// An id, or nothing for zero.
    private func reference(_ id: Int64) -> String { id > 0 ? String(id) : "" }

    private func writeContacts(to folder: URL) throws {
        try table(
            folder, "contact",
            [
                "ID", "ФИО", "Фамилия", "Имя", "Отчество", "Должность", "COMPANY_ID",
                "Рабочий телефон", "Рабочий e-mail", "Дата рождения", "ORIGIN_ID",
                "ASSIGNED_BY_ID",
            ], world.portal.contacts
        ) { record in
            let parts = [record.lastName, record.firstName, record.secondName]
            return [String(record.id), parts.filter { !$0.isEmpty }.joined(separator: " ")]
                + parts
                + [
                    record.position.map { Positions.all[Int($0)] } ?? "",
                    reference(record.companyID), record.phoneTexts.joined(separator: ", "),
                    record.email?.text ?? "", record.birthday.map(Moment.date) ?? "",
                    (record.origin ?? record.userFieldOrigin)?.text ?? "",
                    String(record.assignedBy),
                ]
        }
    }

    private func writeCatalogue(to folder: URL) throws {
        let sections = Dictionary(
            world.portal.sections.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        try table(
            folder, "product",
            [
                "ID", "NAME", "ARTICLE", "BARCODE", "SECTION", "MEASURE", "VAT", "TYPE", "xmlId",
                "ACTIVE",
            ], world.portal.products.lazy.filter { $0.kind != .offer }
        ) { record in
            [
                String(record.id), record.name, record.article, record.barcode,
                sections[record.sectionID] ?? "", record.measure.symbol,
                record.vat.percent.map { String($0) } ?? "",
                record.kind == .service ? "service" : "goods", keys(record)[0],
                record.isActive ? "Y" : "N",
            ]
        }
    }

    /// 1C's references of a product and its characteristic, where an exchange left them.
    private func keys(_ record: CatalogProduct) -> [String] {
        let parts = record.xmlID.split(separator: "#").map(String.init)
        guard let first = parts.first, GUID(first) != nil else { return ["", ""] }
        return [first, parts.count > 1 ? parts[1] : ""]
    }

    private func writePricesAndStores(to folder: URL) throws {
        let products = world.portal.products
        try table(
            folder, "price", ["ID", "product", "characteristic", "price_type", "PRICE"],
            world.portal.prices
        ) {
            [String($0.id)] + keys(products[Int($0.product)])
                + [$0.kind.title, Arithmetic.text($0.price)]
        }
        try table(
            folder, "stock",
            ["ID", "product", "characteristic", "warehouse", "amount", "reserved"],
            world.portal.stock
        ) {
            [String($0.id)] + keys(products[Int($0.product)])
                + [
                    $0.warehouse.title, Arithmetic.text(quantity: $0.amount),
                    Arithmetic.text(quantity: $0.reserved),
                ]
        }
    }

    private func writeDeals(to folder: URL) throws {
        let header = [
            "ID", "TITLE", "number", "BEGINDATE", "COMPANY_ID", "OPPORTUNITY", "line_count",
            "STAGE_ID", "paid", "ASSIGNED_BY_ID", "ORIGIN_ID",
        ]
        // Stages without their funnel, which say the same in each.
        try table(
            folder, "order", header, world.portal.deals.lazy.filter { !$0.isRecurring }
        ) { deal in
            [
                String(deal.id), deal.title,
                deal.showsOrderNumber ? deal.orderNumber?.text ?? "" : "", date(deal.beginDate),
                reference(deal.companyID), deal.currency.text(deal.opportunity),
                String(deal.rows.count), deal.stage.code, deal.currency.text(deal.paid),
                String(deal.assignedBy), (deal.origin ?? deal.userFieldOrigin)?.text ?? "",
            ]
        }
        try table(folder, "invoice", header, world.portal.smartInvoices) { invoice in
            let rows = world.portal.deals[Int(invoice.deal)].rows.count
            return [
                String(invoice.id), invoice.title, invoice.accountNumberText,
                date(invoice.beginDate), reference(invoice.companyID),
                invoice.currency.text(invoice.opportunity), String(rows), invoice.stage.rawValue,
                invoice.currency.text(invoice.stage == .paid ? invoice.opportunity : 0),
                String(invoice.assignedBy), invoice.xmlID?.text ?? "",
            ]
        }
    }

    private func writePayments(to folder: URL) throws {
        try table(
            folder, "payment",
            ["ID", "number", "datePaid", "COMPANY_ID", "order", "sum", "XML_ID"],
            world.portal.payments.lazy.filter(\.isPaid)
        ) {
            [
                String($0.id), $0.voucherNumber, date($0.paidAt), reference($0.companyID),
                String($0.ownerID), $0.currency.text($0.sum), $0.xmlID?.text ?? "",
            ]
        }
    }
}
