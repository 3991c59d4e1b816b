/// A department of the portal.
struct Department: Sendable {
    var id: Int64
    /// Zero for the head of the tree.
    var parentID: Int64
    var name: String
    /// The employee who leads it; zero for none.
    var headID: Int64
}

/// An employee of the portal, as `user.get` shows one.
struct Employee: Sendable {
    var id: Int64
    /// The person: the index of ``InfobaseUser`` when 1C knows the same one; -1 otherwise.
    var person: Int32
    var name: PersonName
    var email: String
    var phone: Phone
    var position: String
    var departmentIDs: [Int64]
    var isActive: Bool
    /// The 1C reference that an exchange left; most have none.
    var xmlID: GUID?
    var registeredAt: UInt32
}

/// An item of `Catalog_Пользователи`.
struct InfobaseUser: Sendable {
    var key: GUID
    var code: UInt32
    var name: PersonName
    var email: String
    var phone: Phone
    var position: String
    /// The name of the department, from `Catalog_СтруктураПредприятия`.
    var department: String
    /// `Недействителен`: may not log in any more.
    var isInvalid: Bool
    var isDeleted: Bool
    /// The name of a user that is no person: «Обмен с Битрикс24»; empty for persons.
    var serviceName = ""
    var version: UInt32 = 1

    /// «Иванов Иван Иванович».
    var description: String { serviceName.isEmpty ? name.text : serviceName }
}
