/// Currencies by the codes and marks that systems write for them.
///
/// 1C's catalogue of currencies has the numeric code of ОКВ, which is that of ISO 4217 (`643`), and a
/// short name that its users choose (`руб.`); Bitrix24 has the letters (`RUB`); exchanges write either,
/// and the letters of roubles before 1998 (`RUR`).
///
/// Source: ISO 4217, list one, and ОК (МК (ИСО 4217) 003-97) 014-2000.
public enum CurrencyCode {
    /// The roubles of Russia, which an amount is taken for where nothing is said of its currency.
    public static let rouble = "RUB"
    /// What ISO 4217 has for no currency: an amount whose currency is named and not known.
    ///
    /// No placeholder to be filled in: such an amount must not pass for roubles.
    public static let unknown = "XXX"

    /// Reads a currency.
    ///
    /// - Parameter text: Three letters or three digits of ISO 4217, or one of the marks by which roubles,
    ///   dollars, euros and yuans are known, whatever the case; or several that say the same, as exchanges
    ///   write: `руб|RUB`.
    /// - Returns: The three letters; `nil` when it is none that is known.
    /// - Complexity: O(1).
    public static func reading(_ text: String) -> String? {
        if text == rouble { return rouble }
        if let code = table[text] ?? table[text.uppercased()] { return code }
        guard text.contains("|") else { return nil }
        return text.split(separator: "|").lazy.compactMap { reading(String($0)) }.first
    }

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for code in codes.split(whereSeparator: \.isWhitespace) {
            let letters = String(code.prefix(3))
            table[letters] = letters
            table[String(code.dropFirst(3))] = letters
        }
        for (letters, marks) in marks {
            for mark in marks { table[mark] = letters }
        }
        return table
    }()

    /// Marks in upper case.
    private static let marks: [String: [String]] = [
        rouble: [
            "RUR", "810", "₽", "РУБ", "РУБ.", "Р.", "РУБЛЬ", "РУБЛИ", "РУБЛЕЙ", "РОССИЙСКИЙ РУБЛЬ",
        ],
        "USD": ["$", "ДОЛЛАР США", "ДОЛЛАРЫ США", "ДОЛЛ. США", "ДОЛЛ.", "US$"],
        "EUR": ["€", "ЕВРО"],
        "CNY": ["ЮАНЬ", "КИТАЙСКИЙ ЮАНЬ", "ЮАНЬ ЖЭНЬМИНЬБИ", "RMB"],
        "KZT": ["₸", "ТЕНГЕ"],
        "BYN": ["БЕЛОРУССКИЙ РУБЛЬ", "БЕЛ. РУБ."],
    ]

    private static let codes = """
        AED784 AFN971 ALL008 AMD051 AOA973 ARS032 AUD036 AWG533 AZN944 BAM977 BBD052 BDT050 BGN975 \
        BHD048 BIF108 BMD060 BND096 BOB068 BRL986 BSD044 BTN064 BWP072 BYN933 BZD084 CAD124 CDF976 \
        CHF756 CLF990 CLP152 CNY156 COP170 CRC188 CUP192 CVE132 CZK203 DJF262 DKK208 DOP214 DZD012 \
        EGP818 ERN232 ETB230 EUR978 FJD242 FKP238 GBP826 GEL981 GHS936 GIP292 GMD270 GNF324 GTQ320 \
        GYD328 HKD344 HNL340 HTG332 HUF348 IDR360 ILS376 INR356 IQD368 IRR364 ISK352 JMD388 JOD400 \
        JPY392 KES404 KGS417 KHR116 KMF174 KPW408 KRW410 KWD414 KYD136 KZT398 LAK418 LBP422 LKR144 \
        LRD430 LSL426 LYD434 MAD504 MDL498 MGA969 MKD807 MMK104 MNT496 MOP446 MRU929 MUR480 MVR462 \
        MWK454 MXN484 MYR458 MZN943 NAD516 NGN566 NIO558 NOK578 NPR524 NZD554 OMR512 PAB590 PEN604 \
        PGK598 PHP608 PKR586 PLN985 PYG600 QAR634 RON946 RSD941 RUB643 RWF646 SAR682 SBD090 SCR690 \
        SDG938 SEK752 SGD702 SHP654 SLE925 SOS706 SRD968 SSP728 STN930 SVC222 SYP760 SZL748 THB764 \
        TJS972 TMT934 TND788 TOP776 TRY949 TTD780 TWD901 TZS834 UAH980 UGX800 USD840 UYU858 UZS860 \
        VED926 VES928 VND704 VUV548 WST882 XAF950 XAG961 XAU959 XCD951 XDR960 XOF952 XPD964 XPF953 \
        XPT962 YER886 ZAR710 ZMW967
        """
}
