//! Any bytes as places of mediation, both versions of the schema: nothing may panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = atlaas_ingest::check_bytes("colieux.csv", data);
});
