//! Nothing to link: the end-to-end tests are the one binary under `integration/`.
