import Records
import Testing

@Suite("Postal addresses")
struct PostalAddressTests {
    struct Expected: Sendable {
        var places: String
        var house: String?
        var office: String?
        var postcode: String?
    }

    @Test(
        "an address comes apart",
        arguments: [
            (
                "127006, г. Москва, ул. Тверская, д. 12, кв. 5",
                Expected(places: "москва тверская", house: "12", office: "5", postcode: "127006")
            ),
            (
                "Тверская улица, дом 12, Москва, 127006, офис 5",
                Expected(places: "тверская москва", house: "12", office: "5", postcode: "127006")
            ),
            (
                "Москва Тверская 12-5",
                Expected(places: "москва тверская", house: "12", office: "5")
            ),
            (
                "обл. Тверская, г. Ржев, ул. Ленина, д. 12 корп. 2, оф. 301",
                Expected(places: "тверская ржев ленина", house: "12к2", office: "301")
            ),
            ("Ржев, Ленина 5а", Expected(places: "ржев ленина", house: "5а")),
            ("Ржев, Ленина 5 А", Expected(places: "ржев ленина", house: "5а")),
            (
                "Ржев, Ленина д. 5 Б, кв. 3",
                Expected(places: "ржев ленина", house: "5б", office: "3")
            ),
            ("ул. Ленина, д. 5, г. Ржев", Expected(places: "ленина ржев", house: "5")),
            ("Ленина 5, б-р Мира", Expected(places: "ленина мира", house: "5")),
            ("Ленина 5 к 2", Expected(places: "ленина", house: "5к2")),
            ("461 E 111th St", Expected(places: "111th", house: "461")),
            (
                "461 East 111th Street, Suite 12",
                Expected(places: "111th", house: "461", office: "12")
            ),
            ("2929 W. 19th St.", Expected(places: "19th", house: "2929")),
            ("Ржев, ул. А. Невского, д. 5", Expected(places: "ржев невского", house: "5")),
            ("г. Ржев", Expected(places: "ржев")), ("", Expected(places: "")),
            ("-", Expected(places: "")), ("170000", Expected(places: "", postcode: "170000")),
        ])
    func parts(text: String, expected: Expected) {
        let address = PostalAddress(text)
        #expect(address.places.map(\.text).joined(separator: " ") == expected.places)
        #expect(address.house == expected.house)
        #expect(address.office == expected.office)
        #expect(address.postcode == expected.postcode)
    }

    @Test(
        "the city is the labelled place, else the first",
        arguments: [
            ("обл. Тверская, г. Ржев, ул. Ленина", "ржев"), ("Ржев, Ленина 5", "ржев"),
            ("РФ, 172380, Ржев", "ржев"), ("ул. Ленина, г. Ржев", "ржев"),
            ("Тверская ул, 12, г. Москва", "москва"), ("Ржев г, ул. Ленина, 5", "ржев"),
            ("127006, Москва г, Тверская ул, дом № 12", "москва"),
            ("Московская обл, Балашиха г, Мира пр-кт, дом 5", "балашиха"),
            ("Московская обл, г Балашиха, пр-кт Мира, дом 5", "балашиха"),
            ("Тверская ул, Москва г", "москва"),
        ])
    func city(text: String, city: String) {
        #expect(PostalAddress(text).city?.text == city)
    }

    @Test(
        "order, abbreviations and alphabet do not matter",
        arguments: [
            ("127006, г. Москва, ул. Тверская, д. 12", "Тверская улица, 12, Москва"),
            ("Москва, Тверская 12", "Moskva, Tverskaya 12"),
            ("Россия, Москва, Тверская 12, оф. 5", "Москва, Тверская 12"),
        ])
    func same(left: String, right: String) {
        #expect(PostalAddress(left).isSameWriting(as: PostalAddress(right)))
        #expect(PostalAddress(right).isSameWriting(as: PostalAddress(left)))
    }

    @Test(
        "another place is another place",
        arguments: [
            ("Москва, Тверская 12", "Москва, Тверская 14"),
            ("Москва, Тверская 12, оф. 1", "Москва, Тверская 12, оф. 2"),
            ("Москва, Тверская 12", "Тверь, Московская 12"),
            ("127006 Москва", "127007 Москва"),
        ])
    func different(left: String, right: String) {
        #expect(!PostalAddress(left).isSameWriting(as: PostalAddress(right)))
    }
}
