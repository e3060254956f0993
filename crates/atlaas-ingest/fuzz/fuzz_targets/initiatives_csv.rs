//! Any bytes as initiatives out of CSV: nothing may panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = atlaas_ingest::check_bytes("initiatives.csv", data);
});
