internal import Collection

/// Whose rows objects own: the ids in order and once, so that the same portal gets the same requests
/// every night.
struct OwnerNumbers {
    /// The ids to ask for.
    private(set) var ids: [String] = []
    /// Of each object, which of them is its own; `nil` for one without.
    private(set) var numbers: [Int?] = []

    init(of objects: [JSONValue], _ member: JSONKey) {
        ids.reserveCapacity(objects.count)
        numbers.reserveCapacity(objects.count)
        // Ids that ascend, as those of a list do, are different without looking them up.
        var last: Int64 = .min
        var known: [String: Int]?
        for object in objects {
            guard let value = object[member], let id = value.scalarText else {
                numbers.append(nil)
                continue
            }
            if known == nil {
                if let number = value.integer, number > last {
                    last = number
                } else {
                    known = [:]
                    for (number, id) in ids.enumerated() { known?[id] = number }
                }
            }
            if let number = known?[id] {
                numbers.append(number)
                continue
            }
            known?[id] = ids.count
            numbers.append(ids.count)
            ids.append(id)
        }
    }
}
