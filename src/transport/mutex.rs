//! Mutual exclusion: work under one name runs one after the other, on this page and, where the browser has Web Locks, in every
//! tab of the origin. A lock is held until the promise of the work settles, so it is released however the work ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::connection::Connection;
use super::timeout::{Interrupt, Stop, Timeout};
use crate::config::CallOptions;
use crate::error::{Error, ErrorKind, Text};
use crate::platform::bindings::{LockManager, LockOptions};
use crate::platform::guarded::field;
use crate::platform::promise::promise;

thread_local! {
    /// All work of this page that has not ended, in the order of its arrival.
    static QUEUE: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
    static LAST_ID: Cell<u32> = const { Cell::new(0) };
}

struct Entry {
    id: u32,
    name: String,
    /// Settles when this work and all earlier work of the same name have ended.
    ended: Promise,
}

/// What the errors of waiting say, besides the name.
pub struct Lock {
    pub name: String,
    pub endpoint: Rc<str>,
    /// For the case that another tab holds the lock for too long.
    pub timeout: &'static Text,
}

/// Starts the work. Its promise must settle in any case.
pub type Work = Box<dyn FnOnce() -> Promise>;

/// Runs `work` while no other work of this name runs; the promise settles like that of the work. Other work of this page is
/// waited for until the caller aborts; that of other tabs no longer than one attempt may take.
pub fn run(lock: Lock, connection: Rc<Connection>, options: CallOptions, work: Work) -> Promise {
    let name = lock.name.clone();
    let earlier =
        QUEUE.with_borrow(|queue| queue.iter().rev().find(|entry| entry.name == name).map(|entry| entry.ended.clone()));
    let (previous, connected) = (earlier.clone(), connection.clone());
    let is_queued = Rc::new(Cell::new(false));
    let may_start = is_queued.clone();
    let result = connection.promise(Box::pin(async move {
        let endpoint = lock.endpoint.clone();
        // Later work would not wait for it.
        if !may_start.get() {
            return Err(ErrorKind::Converted(JsValue::UNDEFINED).into());
        }
        let result = hold(lock, &connected, &options, previous, work).await;
        result.map_err(|kind| Error::before_sending(endpoint, kind))
    }));
    enqueue(name, earlier, result.clone());
    is_queued.set(true);
    result
}

fn enqueue(name: String, earlier: Option<Promise>, result: Promise) {
    let id = LAST_ID.get().wrapping_add(1);
    LAST_ID.set(id);
    let (earlier, result) = (earlier.map(JsFuture::from), JsFuture::from(result));
    let ended = promise(Box::pin(async move {
        if let Some(earlier) = earlier {
            earlier.await.ok();
        }
        result.await.ok();
        QUEUE.with_borrow_mut(|queue| queue.retain(|entry| entry.id != id));
        Ok(JsValue::UNDEFINED)
    }));
    QUEUE.with_borrow_mut(|queue| queue.push(Entry { id, name, ended }));
}

/// Waits for the earlier work of this page, then runs the work under a Web Lock; without one where the browser has none or
/// refuses it (in pages that are not secure, in some frames).
async fn hold(
    lock: Lock,
    connection: &Connection,
    options: &CallOptions,
    earlier: Option<Promise>,
    work: Work,
) -> Result<JsValue, ErrorKind> {
    if let Some(earlier) = earlier {
        let waiting = Timeout::start(None, options.signal.as_ref())?;
        if let Err(Interrupt::Stopped(stop)) = waiting.race(earlier.into()).await {
            return Err(waiting.error(stop));
        }
    }
    let timeout = connection.timeout(options)?;
    let work = Rc::new(Cell::new(Some(work)));
    let started = Rc::new(RefCell::new(None));
    let start = {
        let (work, started) = (work.clone(), started.clone());
        Closure::<dyn FnMut() -> Promise>::new(move || {
            let Some(work) = work.take() else {
                return Promise::reject(&JsValue::UNDEFINED);
            };
            let result = work();
            started.replace(Some(result.clone()));
            result
        })
    };
    let interrupt = match request(&lock.name, &timeout, start.as_ref().unchecked_ref()) {
        Some(released) => timeout.race(released.into()).await.err(),
        None => None,
    };
    // The result is that of the work, which has its own timeouts and follows the signal itself: another script may break the lock.
    let result = match (started.take(), interrupt) {
        (Some(result), _) => result,
        (None, Some(Interrupt::Stopped(Stop::Elapsed))) => return Err(ErrorKind::Timeout(lock.timeout)),
        (None, Some(Interrupt::Stopped(stop))) => return Err(timeout.error(stop)),
        _ => match work.take() {
            Some(work) => work(),
            // The core failed when it started the work.
            None => return Err(ErrorKind::Converted(JsValue::UNDEFINED)),
        },
    };
    JsFuture::from(result).await.map_err(ErrorKind::Converted)
}

/// Requests a Web Lock, for as long as `timeout` runs: `start` is called when it is granted.
fn request(name: &str, timeout: &Timeout, start: &Function) -> Option<Promise> {
    let locks = field(&field(&js_sys::global(), "navigator"), "locks");
    if !locks.is_object() {
        return None;
    }
    let options: LockOptions = Object::new().unchecked_into();
    options.set_signal(&timeout.signal());
    locks.unchecked_into::<LockManager>().request(name, &options, start).ok()
}
