//! The Rust core of the npm package `omicall-partner`: the OMICall partner API for the browser.
//!
//! What JavaScript sees is [`Client`] and the types of [`tenants`]; everything else is inside. One direction holds:
//! `client → tenants → call → error`. See ARCHITECTURE.md for the rules.

pub mod call;
mod client;
pub mod error;
pub mod input;
mod js;
mod messages;
pub mod objects;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties;
pub mod settings;
pub mod tenants;
mod text;

pub use client::Client;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
