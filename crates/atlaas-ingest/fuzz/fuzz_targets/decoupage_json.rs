//! Any bytes as the administrative division: nothing may panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    for name in ["communes.json", "epci.json", "departements.json", "regions.json"] {
        let _ = atlaas_ingest::check_bytes(name, data);
    }
});
