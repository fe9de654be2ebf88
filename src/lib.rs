//! The Rust core of the npm package `omicall-partner`: the OMICall partner API for the browser.
//!
//! JavaScript sees [`Client`] and the types of [`config`], [`events`], [`error`], [`model`] and the endpoints. The modules depend on
//! each other in one direction: `client → account, packages, numbers, tenants → model → transport → config → validation → error →
//! platform`. See ARCHITECTURE.md for the rules.

pub mod account;
mod client;
pub mod config;
mod decimal;
pub mod error;
pub mod events;
pub mod model;
pub mod numbers;
pub mod packages;
pub mod platform;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties;
pub mod purchase;
pub mod quote;
mod schemas;
pub mod tenants;
pub mod transport;
pub mod validation;

pub use client::Client;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
