//! The tenant endpoints, one file each.

pub mod add;
pub mod info;
pub mod list;
pub mod update_balance;
