//! Any bytes as centres of communes: nothing may panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = atlaas_ingest::check_bytes("centres.csv", data);
});
