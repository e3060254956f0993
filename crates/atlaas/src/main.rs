//! The binary `atlaas`.

fn main() -> std::process::ExitCode {
    atlaas::main()
}
