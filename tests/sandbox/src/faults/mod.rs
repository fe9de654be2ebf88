//! Answers that go wrong, as ordered over the admin routes.

mod answers;
mod kind;
mod lists;
mod order;
mod plan;
mod stand_in;
mod strike;

pub use order::Order;
pub use plan::{Faults, Struck};
pub use strike::strike;
