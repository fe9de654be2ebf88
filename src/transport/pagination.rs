//! Going through a list page by page. Knows when the list ends, and when the server repeats pages.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Array;
use tsify::Tsify;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::pipeline::ApiResponse;
use super::timeout::{AbortListener, not_aborted};
use super::{ApiRequest, Connection};
use crate::config::CallOptions;
use crate::error::{self, ErrorKind, Mismatch, Text};
use crate::platform::guarded::{field, fields, list};
use crate::platform::promise::promise;
use crate::validation::FieldReader;
use crate::validation::params::params;
use crate::validation::types::Param;

type Checked = Result<(), Box<Mismatch>>;

/// No list has more pages.
const MAX_PAGES: f64 = 100_000.0;

/// The `@defaultValue` of `size` in every list.
pub const DEFAULT_SIZE: f64 = 50.0;

/// The parameters of an endpoint that gives a list page by page.
pub trait List {
    /// The field that tells the items apart.
    fn id(&self) -> &'static str;
    fn first_page(&self) -> f64;
    fn request(&self, page: f64) -> error::Result<ApiRequest>;
}

params! {
    /// Options of a list.
    #[derive(Debug, Tsify)]
    ListOptions
    extends { call: CallOptions }
    optional {
        /// How many pages an iteration requests ahead while the loop works on a page: 0 to 16. No more pages than that wait in memory.
        /// The loop gets the pages in their order, and no page after the last one that the server reports is requested. When the
        /// iteration ends early, the requests ahead are aborted. If you await one page, only that page is requested.
        ///
        /// @defaultValue 0
        prefetch: Prefetch = "number | undefined";
    }
}

/// A number of pages.
#[derive(Debug)]
pub struct Prefetch(usize);

impl Param for Prefetch {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        const MAX: f64 = 16.0;
        match reader.value.as_f64() {
            Some(pages) if pages.fract() == 0.0 && (0.0..=MAX).contains(&pages) => Some(Self(pages as usize)),
            _ => reader.invalid(&Text {
                en: "must be an integer from 0 to 16", vi: "phải là số nguyên từ 0 đến 16"
            }),
        }
    }
}

/// One walk through a list.
pub struct Walk {
    list: Box<dyn List>,
    options: CallOptions,
    paginator: RefCell<Paginator>,
    /// How many pages are requested ahead.
    prefetch: usize,
    /// Once a page was.
    ahead: RefCell<Option<Ahead>>,
}

/// The pages that were requested ahead.
struct Ahead {
    /// The first one is the page that the paginator waits for.
    pages: VecDeque<Requested>,
    /// Aborts them.
    controller: AbortController,
    _listener: Option<AbortListener>,
}

struct Requested {
    ended: JsFuture,
    /// Set before `ended` settles.
    response: Rc<Cell<Option<error::Result<ApiResponse>>>>,
}

impl Walk {
    pub fn new(list: Box<dyn List>, ListOptions { call, prefetch }: ListOptions) -> Self {
        let paginator = RefCell::new(Paginator::new(list.first_page()));
        let prefetch = prefetch.map_or(0, |prefetch| prefetch.0);
        Self { list, options: call, paginator, prefetch, ahead: RefCell::default() }
    }

    /// The next page; `undefined` after the last one.
    pub async fn next(&self, connection: &Connection) -> error::Result {
        let Some(page) = self.paginator.borrow().page else {
            return Ok(JsValue::UNDEFINED);
        };
        // After an abort the request below fails, whatever has arrived.
        let is_wanted = not_aborted(self.options.signal.as_ref()).is_ok();
        let requested =
            self.ahead.borrow_mut().as_mut().filter(|_| is_wanted).and_then(|ahead| ahead.pages.pop_front());
        let response = match requested {
            Some(requested) => requested.response().await?,
            None => connection.execute(self.list.request(page)?, &self.options).await?,
        };
        let info = PageInfo::of(&response.payload, self.list.id());
        match info.and_then(|info| self.paginator.borrow_mut().advance(&info)) {
            Ok(()) => Ok(response.payload),
            Err(mismatch) => Err(response.into_error(ErrorKind::Protocol(mismatch.under("payload")))),
        }
    }

    /// Requests the pages after the one that `next` gave last. What cannot be requested fails when its turn comes.
    pub fn request_ahead(&self, connection: &Rc<Connection>) {
        let Paginator { page, last_page, .. } = *self.paginator.borrow();
        let caller = self.options.signal.as_ref();
        let is_wanted = self.prefetch > 0 && !connection.is_closed.get() && not_aborted(caller).is_ok();
        let Some(next) = page.filter(|_| is_wanted) else {
            return;
        };
        let mut slot = self.ahead.borrow_mut();
        let Some(ahead) = slot.take().or_else(|| Ahead::new(caller)).map(|ahead| slot.insert(ahead)) else {
            return;
        };
        // Where the server does not say how many there are, only the next page is certain.
        let last = last_page.unwrap_or(next);
        while ahead.pages.len() < self.prefetch {
            let page = next + ahead.pages.len() as f64;
            let Some(request) = self.list.request(page).ok().filter(|_| page <= last) else {
                return;
            };
            let options = CallOptions { signal: Some(ahead.controller.signal()), ..self.options.clone() };
            ahead.pages.push_back(Requested::start(connection.clone(), request, options));
        }
    }

    /// Ends the walk: nothing is requested any more.
    pub fn stop(&self) {
        self.paginator.borrow_mut().page = None;
        if let Some(ahead) = self.ahead.take() {
            ahead.controller.abort();
        }
    }
}

impl Ahead {
    fn new(caller: Option<&AbortSignal>) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let listener = caller.map(|caller| {
            let (controller, signal) = (controller.clone(), caller.clone());
            AbortListener::new(caller, move || controller.abort_with_reason(&field(&signal, "reason")))
        });
        Some(Self { pages: VecDeque::new(), controller, _listener: listener })
    }
}

impl Requested {
    fn start(connection: Rc<Connection>, request: ApiRequest, options: CallOptions) -> Self {
        let response = Rc::new(Cell::new(None));
        let slot = response.clone();
        let ended = promise(Box::pin(async move {
            slot.set(Some(connection.execute(request, &options).await));
            Ok(JsValue::UNDEFINED)
        }));
        Self { ended: ended.into(), response }
    }

    async fn response(self) -> error::Result<ApiResponse> {
        match (self.ended.await, self.response.take()) {
            (_, Some(response)) => response,
            // The core failed.
            (result, None) => Err(ErrorKind::Converted(result.err().unwrap_or_default()).into()),
        }
    }
}

/// The items of a checked page. A response that the browser parsed has them; one of an injected `fetch` may throw.
pub fn items(page: &JsValue) -> Result<Array, Box<Mismatch>> {
    list(page, "items").ok_or_else(|| Mismatch::throwing().under("items"))
}

/// What a paginator needs to know of a page.
pub struct PageInfo {
    /// The ids of the first and the last item, the number of items on the page and of items on all pages: equal for a page that
    /// comes again.
    pub fingerprint: String,
    pub is_empty: bool,
    pub page_number: Option<f64>,
    pub has_next: Option<bool>,
    pub next_page: Option<f64>,
    pub total_pages: Option<f64>,
}

impl PageInfo {
    /// Of a checked page. `id` names the field that tells its items apart.
    pub fn of(page: &JsValue, id: &str) -> Result<Self, Box<Mismatch>> {
        let items = items(page)?;
        let count = items.length();
        let id_of = |index: u32| field(&items.get(index), id).as_string().unwrap_or_default();
        let values = fields(page, "total_items page_number has_next next_page total_pages");
        let values = values.ok_or_else(Mismatch::throwing)?;
        let number = |index| values.get(index).as_f64();
        // An item that is created meanwhile moves the others on: then a short page may come again, but the total has grown.
        let total = number(0).unwrap_or_default() as u64;
        let (first, last) = (id_of(0), id_of(count.saturating_sub(1)));
        Ok(Self {
            fingerprint: [first, last, u64::from(count).to_string(), total.to_string()].join(" "),
            is_empty: count == 0,
            page_number: number(1),
            has_next: values.get(2).as_bool(),
            next_page: number(3),
            total_pages: number(4),
        })
    }
}

/// The place in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Paginator {
    /// The page to request next; `None` after the last one.
    pub page: Option<f64>,
    /// The fingerprint of the page before, which must not come again.
    previous: Option<String>,
    /// The fingerprint of an earlier page (Brent's cycle detection: it finds every cycle, and remembers one page).
    remembered: Option<String>,
    steps: u32,
    /// The number of pages after which the remembered one is replaced.
    power: u32,
    /// The page by which the list must have ended: far beyond what the first page said.
    limit: Option<f64>,
    /// The last page, as the page before says.
    last_page: Option<f64>,
}

impl Paginator {
    pub fn new(first_page: f64) -> Self {
        Self {
            page: Some(first_page),
            previous: None,
            remembered: None,
            steps: 0,
            power: 1,
            limit: None,
            last_page: None,
        }
    }

    /// Takes the page that was requested, and moves on to the next one.
    pub fn advance(&mut self, info: &PageInfo) -> Checked {
        let Some(requested) = self.page else {
            return Ok(());
        };
        if self.remembered.is_some() {
            let is_other = info.page_number.is_some_and(|number| number != requested);
            let known = [&self.remembered, &self.previous].map(Option::as_deref);
            let is_repeated = !info.is_empty && known.contains(&Some(info.fingerprint.as_str()));
            if is_other || is_repeated {
                let place = if is_other { "page_number" } else { "items" };
                return Err(Mismatch::new("the next page", "a repeated page").under(place));
            }
        }
        // Where the server does not say, an empty page is the end.
        let has_more = info
            .has_next
            .or(info.next_page.map(|next| next > requested))
            .or(info.total_pages.map(|total| requested < total))
            .unwrap_or(!info.is_empty);
        if has_more && info.is_empty {
            return Err(Mismatch::new("items, or has_next false", "an empty page").under("items"));
        }
        let limit = info.total_pages.map_or(MAX_PAGES, |total| MAX_PAGES.min(requested + total * 2.0 + 100.0));
        if has_more && requested >= *self.limit.get_or_insert(limit) {
            return Err(Mismatch::new("false after the last page", "true").under("has_next"));
        }
        self.page = has_more.then_some(requested + 1.0);
        self.last_page = info.total_pages;
        if self.steps == 0 || self.steps == self.power {
            self.remembered = Some(info.fingerprint.clone());
            self.power = self.power.saturating_mul(2);
            self.steps = 0;
        }
        self.steps += 1;
        self.previous = Some(info.fingerprint.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(fingerprint: &str, number: f64, has_next: Option<bool>) -> PageInfo {
        PageInfo {
            fingerprint: fingerprint.into(),
            is_empty: fingerprint.is_empty(),
            page_number: Some(number),
            has_next,
            next_page: None,
            total_pages: None,
        }
    }

    #[test]
    fn a_paginator_ends_after_the_last_page() {
        let mut paginator = Paginator::new(1.0);
        assert_eq!(paginator.advance(&page("a", 1.0, Some(true))), Ok(()));
        assert_eq!(paginator.page, Some(2.0));
        assert_eq!(paginator.advance(&page("b", 2.0, Some(false))), Ok(()));
        assert_eq!(paginator.page, None);
    }

    #[test]
    fn an_empty_list_is_valid() {
        let mut paginator = Paginator::new(1.0);
        assert_eq!(paginator.advance(&page("", 1.0, Some(false))), Ok(()));
        assert_eq!(paginator.page, None);
    }

    #[test]
    fn without_has_next_other_fields_decide() {
        let mut info = page("a", 1.0, None);
        let next = |info: &PageInfo| {
            let mut paginator = Paginator::new(1.0);
            paginator.advance(info).map(|()| paginator.page)
        };
        assert_eq!(next(&info), Ok(Some(2.0)));
        info.total_pages = Some(1.0);
        assert_eq!(next(&info), Ok(None));
        info.next_page = Some(2.0);
        assert_eq!(next(&info), Ok(Some(2.0)));
        assert_eq!(next(&page("", 1.0, None)), Ok(None));
    }

    #[test]
    fn a_list_of_empty_pages_ends() {
        let info = PageInfo { total_pages: Some(1e9), ..page("", 1.0, None) };
        let mismatch = Paginator::new(1.0).advance(&info);
        assert_eq!(mismatch.map_err(|mismatch| mismatch.path), Err("items".into()));
    }

    #[test]
    fn a_wrong_page_number_is_a_mismatch() {
        let mut paginator = Paginator::new(1.0);
        assert_eq!(paginator.advance(&page("a", 1.0, Some(true))), Ok(()));
        let mismatch = paginator.advance(&page("b", 1.0, Some(true)));
        assert_eq!(mismatch.map_err(|mismatch| mismatch.path), Err("page_number".into()));
    }

    #[test]
    fn an_empty_page_before_the_end_is_a_mismatch() {
        let mut paginator = Paginator::new(1.0);
        let mismatch = paginator.advance(&page("", 1.0, Some(true)));
        assert_eq!(mismatch.map_err(|mismatch| mismatch.path), Err("items".into()));
    }

    #[test]
    fn every_cycle_is_found() {
        for start in 0..20_u32 {
            for length in 1..20_u32 {
                let mut paginator = Paginator::new(1.0);
                let mut steps = 0;
                let mismatch = loop {
                    // The first pages are new, then the same ones repeat without end.
                    let fingerprint = if steps < start { steps } else { start + (steps - start) % length };
                    let info = page(&["page ", &fingerprint.to_string()].concat(), f64::from(steps + 1), Some(true));
                    if let Err(mismatch) = paginator.advance(&info) {
                        break mismatch;
                    }
                    steps += 1;
                    assert!(steps < 200, "a cycle of {length} after {start} pages went unnoticed");
                };
                assert_eq!(mismatch.path, "items");
                assert!(steps >= start + length, "a page was reported as repeated too early");
            }
        }
    }

    #[test]
    fn a_list_must_end() {
        type Total = fn(f64) -> f64;
        let totals: [(&str, Total, u32); 2] =
            // It goes on after its last page; it grows as fast as it is read.
            [("a constant total", |_| 3.0, 107), ("a growing total", |requested| requested + 1.0, 105)];
        for (name, total, expected) in totals {
            let mut paginator = Paginator::new(1.0);
            let mut steps = 0;
            let mismatch = loop {
                steps += 1;
                let requested = f64::from(steps);
                let total_pages = Some(total(requested));
                let info = PageInfo { total_pages, ..page(&steps.to_string(), requested, Some(true)) };
                if let Err(mismatch) = paginator.advance(&info) {
                    break mismatch;
                }
                assert!(steps < 1000, "{name} went unnoticed");
            };
            assert_eq!((mismatch.path.as_str(), steps), ("has_next", expected), "{name}");
        }
    }
}
