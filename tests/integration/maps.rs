//! Tiles by their addresses in a reader that we did not write: GDAL, when it is there.

use crate::demonstration;
use std::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn gdal_reads_tiles_by_the_address_that_front_ends_use() {
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        eprintln!("skipped: GDAL is not there (apt-get install gdal-bin)");
        return;
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = atlaas_server::router(demonstration::app());
    tokio::spawn(async move { axum::serve(listener, router).await });
    for (tile, layer, geometry) in [
        ("territoires/6/32/22", "communes", "Geometry: "),
        ("territoires/6/32/22", "communes_label", "Geometry: "),
        (
            "initiatives/6/32/22.mvt?enjeu=education",
            "initiatives",
            "point_count",
        ),
    ] {
        let tile = if tile.contains(".mvt") {
            tile.to_owned()
        } else {
            format!("{tile}.mvt")
        };
        let source = format!("MVT:http://{address}/tiles/{tile}");
        let read = tokio::task::spawn_blocking(move || {
            Command::new("ogrinfo")
                .args(["-ro", "-so", &source, layer])
                .output()
                .unwrap()
        });
        let output = read.await.unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let count = told
            .lines()
            .find_map(|line| line.strip_prefix("Feature Count: "))
            .and_then(|count| count.parse::<u32>().ok());
        assert!(
            count.is_some_and(|count| count > 0) && told.contains(geometry),
            "{tile}: {told}"
        );
    }
}
