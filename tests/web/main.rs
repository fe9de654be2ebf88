//! The core in a browser, against the running sandbox: run by `npm test -- web-chrome web-firefox`.
#![cfg(target_arch = "wasm32")]
// A test may panic: that is how it fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod arguments;
mod round_trips;
mod sending;
mod support;
mod tenants;
mod tokens;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
