//! The tenant endpoints, a file each.

pub mod add;
pub mod info;
pub mod list;
pub mod update_balance;
