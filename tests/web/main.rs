//! The core in a browser, against the running sandbox: run by `npm test -- web-chrome web-firefox`.
#![cfg(target_arch = "wasm32")]
// A failing test panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod arguments;
mod balances;
mod base_urls;
mod promises;
mod requests;
mod responses;
mod retry_after;
mod round_trips;
mod serialization;
mod support;
mod tenants;
mod tokens;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
