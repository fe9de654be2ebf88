//! Fault injection: faulty responses, as defined over the admin routes.

mod definition;
mod inject;
mod kind;
mod lists;
mod registry;
mod responses;
mod sample;

pub use definition::{FaultDefinition, FaultEndpoint};
pub use inject::inject_fault;
pub use registry::{ActiveFault, Faults};
