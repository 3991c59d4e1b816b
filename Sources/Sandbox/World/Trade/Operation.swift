/// An entry of the integration's journal.
struct Operation: Sendable {
    /// What was sent.
    enum Action: String, CaseIterable, Sendable { case create, update, delete, read }

    /// Of which entity.
    enum ObjectKind: String, CaseIterable, Sendable {
        case counterparty, contact, product, price, stock, order, payment
    }

    /// Why it failed.
    enum Failure: String, CaseIterable, Sendable {
        case limit = "QUERY_LIMIT_EXCEEDED"
        case timeout = "TIMEOUT"
        case required = "REQUIRED_FIELD_MISSING"
        case notFound = "NOT_FOUND"
        case locked = "1C_OBJECT_LOCKED"

        /// What an integration writes of it.
        var details: String {
            switch self {
            case .limit: "Too many requests, the record was left for the next run"
            case .timeout: "No answer within 30 s"
            case .required: "Не заполнено обязательное поле"
            case .notFound: "Element not found"
            case .locked: "Не удалось заблокировать запись"
            }
        }
    }

    var id: Int64
    /// Milliseconds since 1970.
    var timestamp: Int64
    var action: Action
    var object: ObjectKind
    /// Whether it went from 1C to Bitrix24.
    var isToPortal: Bool
    /// The object's id in the system that it came from.
    var objectID: String
    /// `nil` when it arrived.
    var failure: Failure?
    var durationMilliseconds: Int32

    /// `success` or `error`.
    var status: String { failure == nil ? "success" : "error" }
    var source: String { isToPortal ? "1C" : "Bitrix24" }
    var target: String { isToPortal ? "Bitrix24" : "1C" }
    /// Free text.
    var details: String { failure?.details ?? "" }
}
