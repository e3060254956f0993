//! The binary `atlaas`, and its allocator.

/// Requests allocate little and often, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    atlaas::main()
}
