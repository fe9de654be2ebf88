//! The endpoints of the service packages.

pub mod list;
pub mod templates;
