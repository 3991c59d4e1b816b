internal import Synchronization

/// What is looked up from the other end, made when it is first asked for and anew for each world.
final class PortalIndexes: Sendable {
    private struct State {
        var world: ObjectIdentifier?
        var contactsOfCompany: [Int64: [Int64]] = [:]
    }

    private let state = Mutex(State())

    /// The contacts of a company, by id.
    func contacts(of company: Int64, in world: World) -> [Int64] {
        state.withLock { state in
            if state.world != ObjectIdentifier(world) {
                state.world = ObjectIdentifier(world)
                state.contactsOfCompany = [:]
                for contact in world.portal.contacts {
                    for company in contact.companyIDs {
                        state.contactsOfCompany[company, default: []].append(contact.id)
                    }
                }
            }
            return state.contactsOfCompany[company] ?? []
        }
    }
}
