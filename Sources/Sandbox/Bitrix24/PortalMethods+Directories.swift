extension PortalMethods {
    /// Short lists that others refer to.
    static let directories: [Method] = [
        Method("crm.enum.addresstype") { _ in
            let types = [
                (11, "Адрес доставки"), (1, "Фактический адрес"), (6, "Юридический адрес"),
                (4, "Адрес регистрации"), (8, "Адрес для корреспонденции"),
                (9, "Адрес бенефициара"),
            ]
            return json(
                types.map { id, name in
                    "{\"ID\":\(id),\"NAME\":\"\(name)\",\"SYMBOL_CODE\":null,\"SYMBOL_CODE_SHORT\":null}"
                })
        }
    ]
}
