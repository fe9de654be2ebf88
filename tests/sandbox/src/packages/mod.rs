//! The endpoints of the service packages.

pub mod extend;
pub mod list;
pub mod templates;
pub mod upgrade;
