//! What needs the sockets of the native server. The suites of the other doors leave these tests out.

mod connections;
mod tls;
mod wire;
