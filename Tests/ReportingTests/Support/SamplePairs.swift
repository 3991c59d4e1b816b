import Records

@testable import Reporting

/// Pairs that a person should look at, one of each doubt; names and numbers are made up.
enum SamplePairs {
    static let all = [
        DoubtfulPair(
            left: .init(
                id: RecordID("0a2b6f9e-1111-11ee-9c1a-00155d000001"), title: "ИП Крылова Н. К.",
                address: nil),
            right: .init(
                id: RecordID("771"), title: "Крылова Нина",
                address: "https://b24.example/crm/company/details/771/"),
            doubt: .unsure, probability: 0.953,
            reason: LinkReason(.model, detail: "phone = +9.8; name ≈ +7.2; legal_form ≠ −0.4")),
        DoubtfulPair(
            left: .init(
                id: RecordID("0a2b6f9e-3333-11ee-9c1a-00155d000001"), title: "ООО «Вектор»",
                address: nil),
            right: .init(
                id: RecordID("802"), title: "Вектор ООО (Тверь)",
                address: "https://b24.example/crm/company/details/802/"),
            doubt: .tied, probability: 0.996, reason: LinkReason(.rule, detail: "tax_id+kpp")),
        DoubtfulPair(
            left: .init(
                id: RecordID("0a2b6f9e-4444-11ee-9c1a-00155d000001"), title: "ООО «Лютик»",
                address: nil),
            right: .init(
                id: RecordID("9177"), title: "=Лютик-Плюс",
                address: "https://b24.example/crm/company/details/9177/"),
            doubt: .justMissed, probability: 0.314,
            reason: LinkReason(.model, detail: "name ≈ +3.1; phone = +9.8; tax_id ≠ −8.0")),
    ]
}
