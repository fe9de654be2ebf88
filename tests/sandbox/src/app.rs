//! What all handlers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    auth::{Partners, Tokens},
    cli::Cli,
    clock::Clock,
    faults::Faults,
    keep_alive::KeepAlive,
    requests::Requests,
    seed,
    store::Store,
    traffic::Traffic,
};

/// The state as handlers receive it.
pub type App = Arc<Sandbox>;

/// One running sandbox: its settings and all it remembers.
pub struct Sandbox {
    pub cli: Cli,
    pub partners: Partners,
    pub traffic: Traffic,
    pub requests: Requests,
    pub faults: Faults,
    pub keep_alive: KeepAlive,
    clock: Arc<dyn Clock>,
    store: Mutex<Store>,
    tokens: Mutex<Tokens>,
}

impl Sandbox {
    pub fn new(cli: Cli, clock: Arc<dyn Clock>) -> Self {
        Self {
            partners: Partners::new(&cli.api_key),
            traffic: Traffic::default(),
            requests: Requests::default(),
            faults: Faults::default(),
            keep_alive: KeepAlive::default(),
            store: Mutex::new(seed::store(cli.seed, cli.tenants)),
            tokens: Mutex::new(Tokens::default()),
            clock,
            cli,
        }
    }

    /// The present, in epoch milliseconds.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    pub fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    pub fn tokens(&self) -> MutexGuard<'_, Tokens> {
        lock(&self.tokens)
    }

    /// Back to how it was just after the start: the seeded tenants, no tokens, no counts, no faults.
    pub fn reset(&self) -> usize {
        // Made before the lock is taken: a large seed takes a moment.
        let fresh = seed::store(self.cli.seed, self.cli.tenants);
        let count = fresh.len();
        *self.store() = fresh;
        *self.tokens() = Tokens::default();
        self.faults.clear();
        self.keep_alive.set(true);
        self.traffic.clear();
        self.requests.clear();
        count
    }
}

/// A lock whose previous holder panicked is still worth having in a sandbox.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
