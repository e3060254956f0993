//! Names at full scale: every commune of France, every kind of typing mistake.
//!
//! What it defends: (1) the public cases of geocoder-tester; (2) rates by kind of mistake over a
//! seeded sample of all uniquely named communes, which may only rise from run to run; (3) a commune
//! that is shown stays shown while its name is typed; (4) hostile texts are answered in bounded time.
#![expect(clippy::print_stdout, reason = "tests tell what they skip and measure")]

mod addresses;
mod geocoder_tester;
mod heads;
mod hostile;
mod mistakes;
mod rates;
mod several;
mod shared;
mod typing;
mod understanding;
