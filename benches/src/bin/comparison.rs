//! Comparisons of all communes: none fails, how long one takes, what likeness is worth, and the same
//! answers from scikit-learn and from lists of peers that others published.
//!
//! `cargo run --profile measure -p atlaas-benches --bin comparison -- SNAPSHOTS PAIRS`: a directory of
//! snapshots with a context, and the folder of published peers. Seeded; each figure is asserted.

use atlaas_benches::comparison::{held_out, published, second_opinion};
use atlaas_benches::http::{Server, percentile, quantiles};
use atlaas_benches::processor_time;
use atlaas_benches::seeded::Seeded;
use atlaas_engine::{CompareError, Snapshot};
use atlaas_model::{Code, Level, PeersOf};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, hint};

/// Communes and weights that are asked of scikit-learn.
const QUESTIONS: usize = 500;
/// Communes whose unemployment is predicted.
const PREDICTED: usize = 3_000;
/// Pages that are read: one commune in so many.
const PAGE_OF: usize = 40;
/// Longest a page may take, but for one in a hundred.
const PAGE_TIME: Duration = Duration::from_millis(30);
/// Most bytes of a page, not compressed: it is whole without a script.
const PAGE_BYTES: usize = 40_000;
/// Active people below which a rate is noise.
const ACTIVE: f64 = 50.0;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let mut next = |what| arguments.next().ok_or_else(|| io::Error::other(what));
    let (snapshots, pairs) = (
        next("which directory of snapshots?")?,
        next("which published peers?")?,
    );
    let snapshots = Path::new(&snapshots);
    let snapshot = Snapshot::open(snapshots, 1 << 20).map_err(io::Error::other)?;
    let (codes, _) = snapshot.comparer().standardised(Level::Commune);
    let mut out = io::stdout().lock();
    every_commune(&snapshot, codes, &mut out)?;
    pages(snapshots, codes, &mut out)?;
    let pairs = Path::new(&pairs);
    let (same, all) = published::deprivation(pairs)?;
    assert_eq!(same, all, "published peers by deprivation");
    writeln!(
        out,
        "mySociety, deprivation and density: {same} of {all} peers in order"
    )?;
    let (same, all) = published::statistics_office(pairs)?;
    assert!(same * 10 >= all * 4, "{same} of {all}");
    let part = same as f64 * 100.0 / all as f64;
    writeln!(
        out,
        "ONS, global: {part:.1} % of {all} peers (6 % by chance)"
    )?;
    likeness(&snapshot, codes, &mut out)?;
    let folder = tempfile::tempdir()?;
    match second_opinion::ask(snapshot.comparer(), codes, QUESTIONS, folder.path())? {
        Some(told) => writeln!(out, "scikit-learn: {told}"),
        None => writeln!(out, "scikit-learn: skipped, ATLAAS_PYTHON has none"),
    }
}

/// All of them, with the time of the neighbours alone and of the whole pre-diagnosis.
fn every_commune(snapshot: &Snapshot, codes: &[Code], out: &mut impl Write) -> io::Result<()> {
    let (mut near, mut whole, mut unknown) = (Vec::new(), Vec::new(), 0);
    for (rank, &code) in codes.iter().enumerate() {
        let ask = PeersOf::usual(Level::Commune, code);
        let start = processor_time();
        let compared = hint::black_box(snapshot.comparer().compare(&ask));
        near.push(processor_time().saturating_sub(start));
        match compared {
            Ok(compared) => {
                assert_eq!(compared.peers.len(), 20, "{code}");
                if rank % 10 == 0 {
                    let diagnosis = hint::black_box(snapshot.diagnose(&compared));
                    whole.push(processor_time().saturating_sub(start));
                    assert_eq!(diagnosis.peers, 20);
                }
            }
            Err(CompareError::NothingKnown(_)) => unknown += 1,
            Err(error) => return Err(io::Error::other(error.to_string())),
        }
    }
    writeln!(
        out,
        "{} communes, {unknown} of which nothing is known",
        codes.len()
    )?;
    writeln!(out, "  neighbours: {}", quantiles(&mut near))?;
    writeln!(
        out,
        "  with the pre-diagnosis, one in ten: {}",
        quantiles(&mut whole)
    )
}

/// The page of one commune in so many, as a reader without scripts gets it.
fn pages(snapshots: &Path, codes: &[Code], out: &mut impl Write) -> io::Result<()> {
    let server = Server::atlaas(snapshots, &[])?;
    let mut reader = server.connect()?;
    let (mut times, mut largest) = (Vec::new(), 0);
    // The first comparison of all makes the tables.
    reader.get("/comparer/commune-13056")?;
    for code in codes.iter().step_by(PAGE_OF) {
        let start = Instant::now();
        let page = reader.send(&format!("/comparer/commune-{code}"), "")?;
        times.push(start.elapsed());
        // A commune of which nothing is known is told so.
        assert!(
            [200, 404, 400].contains(&page.status),
            "{code}: {}",
            page.status
        );
        largest = largest.max(page.body.len());
    }
    let pages = times.len();
    writeln!(
        out,
        "  {pages} pages: {}, the largest {largest} bytes",
        quantiles(&mut times)
    )?;
    assert!(largest <= PAGE_BYTES, "{largest} bytes");
    assert!(percentile(&mut times, 0.99) <= PAGE_TIME);
    Ok(())
}

fn likeness(snapshot: &Snapshot, codes: &[Code], out: &mut impl Write) -> io::Result<()> {
    let comparer = snapshot.comparer();
    let mut random = Seeded(7);
    let sample = |random: &mut Seeded, count: usize| -> Vec<Code> {
        let draw = |_| codes[random.below(codes.len())];
        (0..count).map(draw).collect()
    };
    let drawn = sample(&mut random, PREDICTED);
    let active = |code: Code| {
        // The share of the active among inhabitants is not told: half of them is near enough.
        let at = comparer.standing(Level::Commune, code);
        at.is_some_and(|at| comparer.population(at) * 0.46 >= ACTIVE)
    };
    let errors = held_out::predict(comparer, "chomage", &drawn, &active);
    let errors = errors.ok_or_else(|| io::Error::other("the context has no unemployment"))?;
    writeln!(
        out,
        "unemployment held out, {} communes: mean error {:.2} points by peers, {:.2} by strata, {:.2} by the mean",
        errors.count, errors.peers, errors.strata, errors.mean
    )?;
    assert!(errors.peers <= 0.85 * 3.0, "{errors:?}");
    let stay = held_out::stability(comparer, &sample(&mut random, 500), &mut random);
    writeln!(
        out,
        "weights a quarter more or less: {:.0} % of the peers stay",
        stay * 100.0
    )?;
    assert!(stay >= 0.8);
    Ok(())
}
