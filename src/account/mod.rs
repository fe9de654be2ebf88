//! The endpoints of the partner's own account: one file per operation.

pub mod agency;
pub mod authenticate;
pub mod me;
