extension PortalMethods {
    /// The newer methods, which show every kind of record in one way.
    static let items: [Method] = [
        Method("crm.item.list", refusal: .itemAccessDenied) { call throws(PortalError) in
            guard call.parameter("entitytypeid")?.integer == 4 else { throw .unknownType }
            return try call.list(CompanyItemTable(world: call.world), key: "items")
        }
    ]
}
