extension PortalMethods {
    /// The online shop's orders and payments, which administrators alone are shown.
    static let shop: [Method] = [
        Method(
            "crm.orderentity.list", isForAdministrators: true, refusal: .catalogAccessDenied
        ) { call throws(PortalError) in
            let orders = call.session.portal.indexes.orders(in: call.world)
            return try call.list(OrderEntityTable(orders: orders), key: "orderEntity")
        },
        Method(
            "sale.payment.list", scope: "sale", isForAdministrators: true,
            refusal: .catalogAccessDenied
        ) { call throws(PortalError) in
            try call.list(
                PaymentTable(payments: call.world.portal.payments, isWhole: true), key: "payments")
        },
    ]
}
