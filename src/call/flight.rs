//! Identical calls that are made while the first one is under way: one piece of work, one outcome for all.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, AbortSignal};

use super::deadline::{Deadline, look_at};
use super::send::Trip;
use crate::error::{Fault, Kind};

type Outcome = Result<JsValue, Fault>;
/// What a call does once its arguments are known to be fine. Boxed, so that all share one wrapper.
pub type Work = Pin<Box<dyn Future<Output = Outcome>>>;

/// A call under way and those who wait for it. It is cancelled when the last of them leaves.
pub struct Flight {
    key: String,
    controller: AbortController,
    waiting: Cell<u32>,
    /// The write, once it is about to be made.
    trip: RefCell<Option<Rc<Trip>>>,
    /// What it came to, while more about it is still looked up.
    settled: RefCell<Option<JsValue>>,
    outcome: RefCell<Option<Outcome>>,
    wakers: RefCell<Vec<Waker>>,
}

impl Flight {
    /// Aborts when nobody waits any more.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// The write begins: from now on leaving may mean that its outcome is unknown.
    pub fn depart(&self, trip: Rc<Trip>) {
        self.trip.replace(Some(trip));
    }

    /// The write was confirmed: from now on leaving costs only what is still looked up.
    pub fn settle(&self, value: JsValue) {
        self.settled.replace(Some(value));
    }

    /// Whether somebody waits for it, so that others may join them.
    fn is_open(&self) -> bool {
        self.waiting.get() > 0 && !self.has_landed()
    }

    fn leave(&self, reason: &JsValue) {
        self.waiting.set(self.waiting.get().saturating_sub(1));
        if self.waiting.get() == 0 {
            self.controller.abort_with_reason(reason);
        }
    }

    fn land(&self, outcome: Outcome) {
        self.outcome.replace(Some(outcome));
        for waker in self.wakers.take() {
            waker.wake();
        }
    }

    fn has_landed(&self) -> bool {
        self.outcome.borrow().is_some()
    }

    /// Whether it has landed; if not, the waker hears of it.
    fn watch(&self, waker: &Waker) -> bool {
        let landed = self.has_landed();
        if !landed {
            self.wakers.borrow_mut().push(waker.clone());
        }
        landed
    }
}

/// The calls of a client that others may join.
#[derive(Default)]
pub struct Flights(RefCell<Vec<Rc<Flight>>>);

impl Flights {
    /// Joins the work under way that has this key, or else starts it.
    pub async fn join(
        &self,
        key: &str,
        endpoint: &str,
        signal: Option<&AbortSignal>,
        start: impl FnOnce(Rc<Flight>) -> Work,
    ) -> Outcome {
        let fault = |kind: Kind| Fault { endpoint: endpoint.into(), ..Fault::from(kind) };
        let deadline = Deadline::start(None, signal).map_err(fault)?;
        let open = self.0.borrow().iter().find(|flight| flight.key == key && flight.is_open()).cloned();
        let flight = match open {
            Some(flight) => flight,
            None => self.start(key, start).map_err(fault)?,
        };
        flight.waiting.set(flight.waiting.get() + 1);
        if let Some(signal) = signal.cloned() {
            let flight = flight.clone();
            // At once, so that an abort while the request goes out still stops it.
            deadline.on_stop(move || flight.leave(&look_at(&signal, "reason")));
        }
        if let Err(stop) = deadline.until(|waker| flight.watch(waker)).await
            && flight.is_open()
        {
            let (settled, trip) = (flight.settled.borrow(), flight.trip.borrow());
            let kind = deadline.failure(stop);
            return match (settled.as_ref(), trip.as_ref()) {
                (Some(value), _) => Ok(value.clone()),
                (None, Some(trip)) => Err(trip.left(kind)),
                (None, None) => Err(fault(kind)),
            };
        }
        poll_fn(|context| if flight.watch(context.waker()) { Poll::Ready(()) } else { Poll::Pending }).await;
        self.0.borrow_mut().retain(|other| !Rc::ptr_eq(other, &flight));
        let outcome = flight.outcome.borrow().clone();
        outcome.unwrap_or_else(|| Err(fault(Kind::Network { cause: JsValue::UNDEFINED })))
    }

    fn start(&self, key: &str, start: impl FnOnce(Rc<Flight>) -> Work) -> Result<Rc<Flight>, Kind> {
        let controller = AbortController::new().map_err(|cause| Kind::Network { cause })?;
        let flight = Rc::new(Flight {
            key: key.into(),
            controller,
            waiting: Cell::new(0),
            trip: RefCell::default(),
            settled: RefCell::default(),
            outcome: RefCell::default(),
            wakers: RefCell::default(),
        });
        self.0.borrow_mut().push(flight.clone());
        let work = start(flight.clone());
        let landing = flight.clone();
        spawn_local(async move { landing.land(work.await) });
        Ok(flight)
    }
}
