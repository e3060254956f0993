//! Any bytes as initiatives out of GeoJSON and JSON: nothing may panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    for name in ["initiatives.geojson", "initiatives.json"] {
        let _ = atlaas_ingest::check_bytes(name, data);
    }
});
