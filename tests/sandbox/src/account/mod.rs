//! The endpoints of the calling partner's account.

pub mod agency;
pub mod me;
