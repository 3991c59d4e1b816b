extension TradeBuilder {
    /// How many persons work here; the portal's employees are all of them.
    static let staffCount = 46
    /// How many of them, the first ones, make, change or have what is in the portal; the others left.
    static let editorCount = 40
    /// How many of them may log into 1C.
    static let infobaseStaffCount = 38
    /// How many of them sell.
    static let managerCount = 30

    /// Makes the departments, the employees and 1C's users.
    mutating func makeStaff() {
        let tree: [(id: Int64, parent: Int64, name: String)] = [
            (1, 0, "Торговая компания"), (3, 1, "Отдел продаж"), (4, 3, "Опт"), (5, 3, "Розница"),
            (7, 1, "Бухгалтерия"), (8, 1, "Склад и логистика"), (9, 1, "Закупки"), (12, 1, "ИТ"),
        ]
        for (place, department) in tree.enumerated() {
            portal.departments.append(
                Department(
                    id: department.id, parentID: department.parent, name: department.name,
                    headID: Int64(place + 1)))
        }
        let selling = [tree[2], tree[3], tree[1]]
        let other = Array(tree[4...])
        for person in 0..<Self.staffCount {
            var random = KeySpace.user.random(person, seed: seed)
            let name = PersonName(random: &random)
            let isManager = person < Self.managerCount
            let department = isManager ? random.pick(selling) : random.pick(other)
            let position =
                isManager
                ? "Менеджер по продажам" : random.pick(["Бухгалтер", "Кладовщик", "Специалист"])
            let email = "\(name.latinFamily).\(person + 1)@example.ru"
            let phone = Phone(code: 985, serial: person + 1)
            let isActive = person < Self.editorCount
            portal.employees.append(
                Employee(
                    id: Int64(person + 1), person: Int32(person), name: name, email: email,
                    phone: phone, position: position, departmentIDs: [department.id],
                    isActive: isActive,
                    xmlID: random.chance(0.3) ? KeySpace.user.key(person, seed: seed) : nil,
                    registeredAt: 1_500_000_000 + UInt32(random.below(200_000_000))))
            guard person < Self.infobaseStaffCount else { continue }
            infobase.users.append(
                InfobaseUser(
                    key: KeySpace.user.key(person, seed: seed), code: UInt32(person + 1),
                    name: name, email: email, phone: phone, position: position,
                    department: department.name, isInvalid: false, isDeleted: false))
        }
        addServiceUsers()
        spoilStaff()
    }

    /// Users are read to name owners, not compared: what differs may be reported and need not.
    private mutating func spoilStaff() {
        guard options.rates.mismatch > 0 else { return }
        let (moved, dismissed) = (5, 33)
        portal.employees[moved].email = "new.\(portal.employees[moved].email)"
        note(
            .mismatch, "user", "email", nil,
            Concerned([infobase.users[moved].key], [portal.employees[moved].id]), "differs",
            isRequired: false)
        portal.employees[dismissed].isActive = false
        note(
            .mismatch, "user", "is_active", nil,
            Concerned([infobase.users[dismissed].key], [portal.employees[dismissed].id]),
            "dismissed", isRequired: false)
        for employee in portal.employees where employee.person >= Self.infobaseStaffCount {
            note(
                .missing, "user", nil, .left, Concerned([], [employee.id]), "no_1c_login",
                isRequired: false)
        }
    }

    private mutating func addServiceUsers() {
        for (number, title) in ["Администратор", "Обмен с Битрикс24"].enumerated() {
            let index = Self.staffCount + number
            var random = KeySpace.user.random(index, seed: seed)
            infobase.users.append(
                InfobaseUser(
                    key: KeySpace.user.key(index, seed: seed),
                    code: UInt32(Self.infobaseStaffCount + number + 1),
                    name: PersonName(random: &random), email: "",
                    phone: Phone(code: 985, serial: index + 1), position: "", department: "",
                    isInvalid: false, isDeleted: number == 0, serviceName: title))
        }
    }
}
