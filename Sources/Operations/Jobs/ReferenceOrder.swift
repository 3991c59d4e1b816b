internal import Reconciliation
internal import Records
internal import Storage

extension EntityDefinition {
    /// The entities by whose links records of this one are compared.
    var referredEntities: [EntityName] {
        let compared = Set(reconciliation.fieldRules.map(\.field))
        let names = fields.filter { compared.contains($0.name) }.compactMap(\.refersTo)
        return Set(names).filter { $0 != name }.sorted()
    }
}

/// In which order entities are compared: those that others refer to before these, so that tonight's
/// links are what references are compared by.
enum ReferenceOrder {
    /// The places of entities in that order; among those that need no other order, their own.
    static func places(_ entities: [EntityDefinition]) -> [Int] {
        var order: [Int] = []
        var entered: Set<Int> = []
        // A definition that refers to itself in a circle is compared by the links of last night.
        func visit(_ place: Int) {
            guard entered.insert(place).inserted else { return }
            for name in entities[place].referredEntities {
                for other in entities.indices where entities[other].name == name { visit(other) }
            }
            order.append(place)
        }
        for place in entities.indices { visit(place) }
        return order
    }
}

extension ReferenceLinks {
    /// The links of an entity as linking found them.
    init(_ linkage: Linkage) {
        self.init(
            links: linkage.links, leftClusters: linkage.leftClusters,
            rightClusters: linkage.rightClusters)
    }
}
