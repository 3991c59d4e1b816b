import Bitrix24
import Collection
import Records
import Testing

@Suite("A company's fields")
struct CompanyMappingTests {
    private let fixture: PortalFixture

    init() throws { fixture = try PortalFixture() }

    private func company(
        _ company: [String: String], requisites: [[String: String]] = [],
        addresses: [[String: String]] = []
    ) async throws -> (String) -> FieldValue? {
        var content = PortalDouble.Content()
        content.rows = [
            "crm.company.list": [company.merging(["ID": "7"]) { $1 }],
            "crm.requisite.list": requisites.map {
                $0.merging(["ENTITY_TYPE_ID": "4", "ENTITY_ID": "7"]) { $1 }
            },
            "crm.address.list": addresses.map { $0.merging(["ENTITY_TYPE_ID": "8"]) { $1 } },
        ]
        let record = try #require(try await fixture.read(PortalDouble(content)).records.first)
        return { fixture.value($0, of: record) }
    }

    @Test("the main requisite is the first active one that is not for an address only")
    func mainRequisite() async throws {
        let value = try await company(
            ["TITLE": "ООО &quot;Ромашка&quot;\u{A0}"],
            requisites: [
                ["ID": "1", "SORT": "100", "ADDRESS_ONLY": "Y", "RQ_INN": "1"],
                ["ID": "2", "SORT": "100", "ACTIVE": "N", "RQ_INN": "2"],
                ["ID": "4", "SORT": "1000", "RQ_INN": "4", "RQ_KPP": "44"],
                [
                    "ID": "10", "SORT": "500", "RQ_INN": " 7707083893 ", "RQ_KPP": "770701001",
                    "RQ_OGRN": "1027700132195", "RQ_COMPANY_NAME": "ООО Р",
                    "RQ_COMPANY_FULL_NAME": "",
                    "XML_ID": "a348aa8c-d629-11e5-0a9b-000c295e30eb", "PRESET_ID": "1",
                ],
                ["ID": "9", "SORT": "500", "ADDRESS_ONLY": "N", "ACTIVE": "Y", "RQ_INN": "null"],
                ["ID": "11", "SORT": "500", "RQ_INN": "не указано"],
            ])
        // 9 stands before 10 but is empty; it is the main one all the same.
        #expect(value("tax_id") == nil)
        #expect(value("other_tax_ids") == .texts(["7707083893/770701001", "4/44"]))
        #expect(value("name") == .text("ООО \"Ромашка\""))
    }

    @Test("a contact with two requisites is one counterparty, with both numbers and all accounts")
    func contact() async throws {
        var content = PortalDouble.Content()
        func requisite(_ id: String, _ others: [String: String]) -> [String: String] {
            others.merging(["ID": id, "ENTITY_TYPE_ID": "3", "ENTITY_ID": "5"]) { $1 }
        }
        content.rows = [
            "crm.company.list": [], "crm.address.list": [],
            "crm.requisite.list": [
                requisite("1", ["ACTIVE": "N", "RQ_INN": "1"]),
                requisite("3", ["RQ_INN": "500100732259"]),
                requisite("4", ["RQ_INN": "7707083893", "RQ_KPP": "770701001"]),
            ],
            "crm.contact.list": [["ID": "5", "LAST_NAME": "Иванов", "NAME": "Иван"]],
            "crm.requisite.bankdetail.list": [
                ["ID": "8", "ENTITY_ID": "3", "RQ_ACC_NUM": "40802810000000000001"],
                ["ID": "9", "ENTITY_ID": "4", "RQ_ACC_NUM": "40702810000000000002"],
            ],
        ]
        let records = try await fixture.read(PortalDouble(content)).records
        #expect(records.map(\.id.rawValue) == ["contact-5"])
        let record = try #require(records.first)
        func value(_ field: String) -> FieldValue? { fixture.value(field, of: record) }
        #expect(value("name") == .text("Иванов Иван"))
        #expect(value("tax_id") == .text("500100732259"))
        #expect(value("other_tax_ids") == .texts(["7707083893/770701001"]))
        #expect(
            value("bank_account")
                == .texts(["40802810000000000001", "40702810000000000002"]))
    }

    @Test("names, kind and numbers come from the requisite")
    func organization() async throws {
        let value = try await company(
            ["TITLE": "Ромашка", "ASSIGNED_BY_ID": "139"],
            requisites: [
                [
                    "ID": "10", "RQ_INN": "7707083893", "RQ_KPP": "770701001",
                    "RQ_OGRN": "1027700132195", "RQ_COMPANY_NAME": "ООО Р", "PRESET_ID": "1",
                    "XML_ID": "a348aa8c-d629-11e5-0a9b-000c295e30eb",
                ]
            ],
            addresses: [
                ["ENTITY_ID": "10", "TYPE_ID": "1", "CITY": "Пермь"],
                [
                    "ENTITY_ID": "10", "TYPE_ID": "6", "POSTAL_CODE": "625003", "REGION": "Москва",
                    "CITY": "Москва", "ADDRESS_1": "Ленина 2", "ADDRESS_2": "null",
                ],
            ])
        #expect(value("full_name") == .text("ООО Р"))
        #expect(value("legal_kind") == .text("organization"))
        #expect(value("registration_number") == .text("1027700132195"))
        #expect(value("other_id") == .text("a348aa8c-d629-11e5-0a9b-000c295e30eb"))
        #expect(value("address") == .text("625003, Москва, Ленина 2"))
        #expect(value("owner") == .text("139"))
        #expect(value("other_tax_ids") == nil)
    }

    @Test("who created it and who changed it last are said; 0 is nobody")
    func editors() async throws {
        let known = try await company(
            ["TITLE": "Ромашка", "CREATED_BY_ID": "835", "MODIFY_BY_ID": "1"])
        #expect(known("created_by") == .text("835") && known("modified_by") == .text("1"))
        let unknown = try await company(
            ["TITLE": "Ромашка", "CREATED_BY_ID": "0", "MODIFY_BY_ID": "null"])
        #expect(unknown("created_by") == nil && unknown("modified_by") == nil)
    }

    @Test("a sole proprietor is known by preset, register number or twelve digits")
    func soleProprietor() async throws {
        for requisite in [
            ["PRESET_ID": "2"], ["RQ_OGRNIP": "323770000000017"], ["RQ_INN": "500100732259"],
        ] {
            let value = try await company(
                ["TITLE": "ИП"],
                requisites: [
                    requisite.merging([
                        "ID": "1", "RQ_LAST_NAME": "Иванов", "RQ_FIRST_NAME": "Иван",
                        "RQ_SECOND_NAME": "null",
                    ]) { $1 }
                ])
            #expect(value("legal_kind") == .text("sole_proprietor"))
            #expect(value("full_name") == .text("Иванов Иван"))
        }
    }

    @Test("the id of the other system is taken from the first place that has one")
    func otherID() async throws {
        let requisite = ["ID": "1", "XML_ID": "company_7"]
        let origin = try await company(
            ["ORIGIN_ID": "abc", "UF_CRM_1C_ID": "def"], requisites: [requisite])
        #expect(origin("other_id") == .text("abc"))
        // What is no GUID is the portal's own id of the requisite.
        let field = try await company(
            ["ORIGIN_ID": "null", "UF_CRM_1C_ID": "def"], requisites: [requisite])
        #expect(field("other_id") == .text("def"))
    }

    @Test("phones and e-mails keep their order; a company without them has none")
    func multiFields() async throws {
        let value = try await company([
            "TITLE": "=HYPERLINK(\"x\")",
            "PHONE":
                #"[{"ID":"1","VALUE":"+7 (495) 000-00-00 доб. 1"},{"ID":"2","VALUE":"8 900"}]"#,
        ])
        #expect(value("phone") == .texts(["+7 (495) 000-00-00 доб. 1", "8 900"]))
        #expect(value("email") == nil && value("legal_kind") == nil)
        #expect(value("name") == .text("=HYPERLINK(\"x\")"))
    }
}
