extension TradeBuilder {
    /// Makes the journal of the integration, for the week before the night.
    mutating func makeOperations() {
        let count = min(options.size, 100_000)
        let refused = missingObjects(count / 20)
        let end = Int64(Self.lastDay) + Int64(options.changes.count) * 86_400
        let start = (end - 7 * 86_400) * 1000
        // Each night's week is a journal of its own, numbered on.
        let first = Int64(options.changes.count * count + 1)
        operations.reserveCapacity(count)
        for index in 0..<count {
            var random = KeySpace.operation.random(
                index + 1_000_000 * options.changes.count, seed: seed)
            let span = 7 * 86_400_000 / max(1, count)
            let isToPortal = random.chance(0.8)
            // What is missing in the portal was refused there, of which the journal tells.
            if index % 20 == 7, index / 20 < refused.count {
                let (kind, id) = refused[index / 20]
                operations.append(
                    Operation(
                        id: first + Int64(index), timestamp: start + Int64(index) * Int64(span),
                        action: .create, object: kind, isToPortal: true, objectID: id,
                        failure: .required, durationMilliseconds: 140))
                continue
            }
            let object = random.pick(Operation.ObjectKind.allCases)
            let fails = random.chance(0.04)
            operations.append(
                Operation(
                    id: first + Int64(index),
                    timestamp: start + Int64(index) * Int64(span) + Int64(random.below(span)),
                    action: random.pick([.create, .update, .update, .update, .read]),
                    object: object, isToPortal: isToPortal,
                    objectID: objectID(object, isToPortal: isToPortal, random: &random),
                    failure: fails ? random.pick(Operation.Failure.allCases) : nil,
                    durationMilliseconds: Int32(
                        fails ? random.within(900...30_000) : random.within(20...900))))
        }
    }

    /// Records of 1C that the portal lacks, the first so many.
    private func missingObjects(_ count: Int) -> [(Operation.ObjectKind, String)] {
        var objects: [(Operation.ObjectKind, String)] = []
        for error in plantedErrors
        where error.kind == .missing && error.side == .right && error.isRequired {
            guard objects.count < count else { break }
            guard let kind = Operation.ObjectKind(rawValue: error.entity),
                let id = error.leftIDs.first, kind != .price, kind != .stock
            else { continue }
            objects.append((kind, id))
        }
        return objects
    }

    /// An object of a kind, by the id of the system that sends it.
    private func objectID(
        _ kind: Operation.ObjectKind, isToPortal: Bool, random: inout RandomSource
    ) -> String {
        func one<Element>(_ records: [Element]) -> Element? {
            records.isEmpty ? nil : records[random.below(records.count)]
        }
        switch (kind, isToPortal) {
        case (.counterparty, true): return one(counterparties)?.key.text ?? ""
        case (.counterparty, false): return one(companies).map { String($0.id) } ?? ""
        case (.contact, true): return one(infobase.contacts)?.key.text ?? ""
        case (.contact, false): return one(portal.contacts).map { String($0.id) } ?? ""
        case (.product, true), (.price, true), (.stock, true):
            return one(infobase.products)?.key.text ?? ""
        case (.product, false), (.price, false), (.stock, false):
            return one(portal.products).map { String($0.id) } ?? ""
        case (.order, true): return one(infobase.orders)?.key.text ?? ""
        case (.order, false): return one(portal.deals).map { String($0.id) } ?? ""
        case (.payment, true): return one(infobase.receipts)?.key.text ?? ""
        case (.payment, false): return one(portal.payments).map { String($0.id) } ?? ""
        }
    }
}
