//! The state that all handlers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    auth::{Partners, Tokens},
    clock::Clock,
    faults::Faults,
    intercept::RequestCounts,
    keep_alive::KeepAlive,
    request_log::RequestLog,
    seed,
    settings::Settings,
    store::Store,
};

/// The shared state, as handlers receive it.
pub type App = Arc<Sandbox>;

/// One running sandbox: its settings and its in-memory state.
pub struct Sandbox {
    pub settings: Settings,
    pub partners: Partners,
    pub request_counts: RequestCounts,
    pub request_log: RequestLog,
    pub faults: Faults,
    pub keep_alive: KeepAlive,
    pub clock: Clock,
    store: Mutex<Store>,
    tokens: Mutex<Tokens>,
}

impl Sandbox {
    pub fn new(settings: Settings) -> Self {
        let clock = Clock::new(settings.now.map(|time| time.0));
        Self {
            partners: Partners::new(settings.api_key.as_str()),
            request_counts: RequestCounts::default(),
            request_log: RequestLog::default(),
            faults: Faults::default(),
            keep_alive: KeepAlive::default(),
            store: Mutex::new(seeded(&settings, &clock)),
            tokens: Mutex::new(Tokens::default()),
            clock,
            settings,
        }
    }

    /// The current time, in epoch milliseconds.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    pub fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    pub fn tokens(&self) -> MutexGuard<'_, Tokens> {
        lock(&self.tokens)
    }

    /// Restores the initial state: the seeded tenants, balances and numbers, no tokens, no request counts, no faults,
    /// keep-alive on, the clock as at the start.
    pub fn reset(&self) -> usize {
        // Built before the lock is taken, because generating many tenants takes time.
        let fresh = seeded(&self.settings, &self.clock);
        let count = fresh.len();
        *self.store() = fresh;
        *self.tokens() = Tokens::default();
        self.faults.clear();
        self.clock.set_advanced(0);
        self.keep_alive.set(true);
        self.request_counts.clear();
        self.request_log.clear();
        count
    }
}

/// The initial tenants and numbers.
fn seeded(settings: &Settings, clock: &Clock) -> Store {
    seed::store(settings.seed, settings.tenants.0, clock.not_advanced())
}

/// Locks a mutex and ignores poisoning: a panic in one handler must not stop the sandbox.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
