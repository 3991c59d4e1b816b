/// A postal address in parts, so that each system writes it in a manner of its own.
struct Address: Hashable, Sendable {
    var city: UInt8
    var street: UInt8
    var house: UInt16
    /// Zero when the house has no building number.
    var building: UInt8
    /// Zero when there is no office.
    var office: UInt16
    /// The last three digits of the postal code.
    var postalSuffix: UInt16

    /// A random address in a city.
    init(in city: Int, random: inout RandomSource) {
        self.city = UInt8(city)
        street = UInt8(random.below(PlaceStock.streets.count))
        house = UInt16(random.within(1...180))
        building = random.chance(0.2) ? UInt8(random.within(1...9)) : 0
        office = random.chance(0.7) ? UInt16(random.within(1...420)) : 0
        postalSuffix = UInt16(random.within(0...199))
    }

    /// The six digits.
    var postalCode: String {
        let code = PlaceStock.cities[Int(city)].postalPrefix * 1000 + Int(postalSuffix)
        return String(code)
    }

    /// The whole address in one line, in one of several notations that mean the same.
    func line(notation: UInt8) -> String {
        let city = PlaceStock.cities[Int(city)]
        let street = PlaceStock.streets[Int(street)]
        switch notation % 4 {
        case 0:
            return parts(
                postalCode, city.province, "\(city.name) г", "\(street.name) \(street.kind.after)",
                "дом № \(house)", building > 0 ? "корпус \(building)" : "",
                office > 0 ? "офис \(office)" : "")
        case 1:
            return parts(
                postalCode, city.province, "\(city.name) г", "\(street.name) \(street.kind.after)",
                "дом \(house)", building > 0 ? "корпус \(building)" : "",
                office > 0 ? "оф. \(office)" : "")
        case 2:
            return parts(
                "Россия", postalCode, "г. \(city.name)", "\(street.kind.before) \(street.name)",
                "д. \(house)", building > 0 ? "корп. \(building)" : "",
                office > 0 ? "оф. \(office)" : "")
        default:
            return parts(
                postalCode, "г.\(city.name)", "\(street.kind.before)\(street.name)", "д.\(house)",
                building > 0 ? "к.\(building)" : "", office > 0 ? "офис \(office)" : "")
        }
    }

    /// Street and house, as the first line of a CRM's address.
    func streetLine(notation: UInt8) -> String {
        let street = PlaceStock.streets[Int(street)]
        let building = building > 0 ? String(building) : ""
        switch notation % 3 {
        case 0:
            return "\(street.kind.before) \(street.name), д. \(house)"
                + (building.isEmpty ? "" : ", корп. \(building)")
        case 1:
            return "\(street.kind.full) \(street.name), дом \(house)"
                + (building.isEmpty ? "" : ", корпус \(building)")
        default:
            return "\(street.name) \(street.kind.after), \(house)"
                + (building.isEmpty ? "" : "к\(building)")
        }
    }

    /// The office, as the second line of a CRM's address.
    func officeLine(notation: UInt8) -> String? {
        guard office > 0 else { return nil }
        switch notation % 3 {
        case 0: return "оф. \(office)"
        case 1: return "офис \(office)"
        default: return "\(office)"
        }
    }

    /// The city, as a CRM's users write it.
    func cityName(notation: UInt8) -> String {
        let name = PlaceStock.cities[Int(city)].name
        switch notation % 5 {
        case 0: return "г. \(name)"
        case 1: return "\(name) г"
        default: return name
        }
    }

    /// The region; `nil` for a city that is its own.
    var province: String? {
        let province = PlaceStock.cities[Int(city)].province
        return province.isEmpty ? nil : province
    }

    private func parts(_ parts: String...) -> String {
        parts.lazy.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
