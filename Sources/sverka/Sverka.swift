@main
struct Sverka {
    static func main() {}
}
