//! The tenant endpoints: one file per operation. Knows no `fetch`.

pub mod balance;
pub mod create;
pub mod find;
pub mod get;
pub mod list;
pub mod params;
pub mod payment;
pub mod reconcile;
pub mod top_up;
pub mod wait;
