internal import Synchronization

/// What is looked up from the other end, made when it is first asked for and anew for each world.
final class PortalIndexes: Sendable {
    private struct State {
        var world: ObjectIdentifier?
        var contactsOfCompany: [Int64: [Int64]]?
        var orders: [PortalOrder]?

        /// Forgets what was made of another world.
        mutating func turn(to world: World) {
            guard self.world != ObjectIdentifier(world) else { return }
            self = State(world: ObjectIdentifier(world))
        }
    }

    private let state = Mutex(State())

    /// The contacts of a company, by id.
    func contacts(of company: Int64, in world: World) -> [Int64] {
        state.withLock { state in
            state.turn(to: world)
            let contacts = state.contactsOfCompany ?? Self.contactsOfCompany(in: world)
            state.contactsOfCompany = contacts
            return contacts[company] ?? []
        }
    }

    /// The orders behind what is paid, by id.
    func orders(in world: World) -> [PortalOrder] {
        state.withLock { state in
            state.turn(to: world)
            let orders =
                state.orders
                ?? Set(world.portal.payments.map(\.order)).sorted { $0.id < $1.id }
            state.orders = orders
            return orders
        }
    }

    private static func contactsOfCompany(in world: World) -> [Int64: [Int64]] {
        var contacts: [Int64: [Int64]] = [:]
        for contact in world.portal.contacts {
            for company in contact.companyIDs { contacts[company, default: []].append(contact.id) }
        }
        return contacts
    }
}
