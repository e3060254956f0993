//! The program `atlaas` itself, built where the end-to-end tests find it.

fn main() -> std::process::ExitCode {
    atlaas::main()
}
