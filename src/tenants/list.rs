//! `POST /api/partner/tenant/list`

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::model::{PageFacts, TenantPage};
use crate::call::check::Checked;
use crate::call::request::{append_query, json_body};
use crate::call::{Access, Call, Connection, Method};
use crate::error::{Failed, Kind, Mismatch};
use crate::input::{Arguments, Issues};
use crate::settings::CallOptions;
use crate::text;

/// No list has more pages than this.
const LONGEST: f64 = 100_000.0;

/// Which tenants to list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(default)]
pub struct ListTenantsParams {
    /// From 1 on; 1 by default.
    #[tsify(optional, type = "number | undefined")]
    pub page: f64,
    /// Tenants per page: 1 or more; 50 by default.
    #[tsify(optional, type = "number | undefined")]
    pub size: f64,
    /// Part of a tenant's name or e-mail address; `""` by default, which is every tenant.
    #[tsify(optional, type = "string | undefined")]
    pub keyword: String,
}

impl Default for ListTenantsParams {
    fn default() -> Self {
        Self { page: 1.0, size: 50.0, keyword: String::new() }
    }
}

/// The body, as the server wants it.
#[derive(Serialize)]
struct Body<'a> {
    keyword: &'a str,
}

const FIELDS: [&str; 3] = ["page", "size", "keyword"];

impl ListTenantsParams {
    pub fn read(params: &JsValue, issues: &mut Issues) -> Option<Self> {
        let mut args = Arguments::new(params, "params", &[&FIELDS], None, issues)?;
        let default = Self::default();
        Some(Self {
            page: args.whole("page", 1).unwrap_or(default.page),
            size: args.whole("size", 1).unwrap_or(default.size),
            keyword: args.optional_text("keyword").unwrap_or(default.keyword),
        })
    }

    pub fn call(&self) -> Call {
        let mut query = String::new();
        append_query(&mut query, "page", &digits(self.page));
        append_query(&mut query, "size", &digits(self.size));
        Call {
            method: Method::Post,
            path: "/api/partner/tenant/list".into(),
            query,
            body: json_body(&Body { keyword: &self.keyword }),
            // A POST, but it changes nothing.
            access: Access::Read,
            check: TenantPage::check,
        }
    }
}

/// Gets the next page of a walk; `undefined` when it is over.
pub async fn next(
    connection: &Connection,
    walk: &RefCell<Walk>,
    params: &ListTenantsParams,
    options: &CallOptions,
) -> Result<JsValue, Failed> {
    let Some(page) = walk.borrow().page else {
        return Ok(JsValue::UNDEFINED);
    };
    let call = ListTenantsParams { page, ..params.clone() }.call();
    let reply = connection.run(call, options).await?;
    let step = PageFacts::of(&reply.payload).and_then(|facts| walk.borrow_mut().step(&facts));
    match step {
        Ok(()) => Ok(reply.payload),
        Err(mismatch) => Err(reply.into_failure(Kind::Protocol(mismatch.under("payload")))),
    }
}

/// A whole number in digits, without the weight of formatting floats.
fn digits(number: f64) -> String {
    text::digits(number as u64)
}

/// A walk through a list, page after page. Knows when it is over, and when the server leads it in circles.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// The page to ask for; `None` after the last one.
    pub page: Option<f64>,
    /// The page before, which must not come again.
    last: Option<String>,
    /// An earlier page, for comparison (Brent's algorithm: any circle is noticed, with one page remembered).
    seen: Option<String>,
    steps: u32,
    lap: u32,
    /// The page by which any list must have ended: far beyond what the first page said.
    limit: Option<f64>,
}

impl Walk {
    pub fn from(page: f64) -> Self {
        Self { page: Some(page), last: None, seen: None, steps: 0, lap: 1, limit: None }
    }

    /// Takes note of the page that was asked for, and of what comes next.
    pub fn step(&mut self, facts: &PageFacts) -> Checked {
        let Some(asked) = self.page else {
            return Ok(());
        };
        if self.seen.is_some() {
            let other = facts.page_number.is_some_and(|number| number != asked);
            let known = [&self.seen, &self.last].map(Option::as_deref);
            let again = !facts.is_empty && known.contains(&Some(facts.mark.as_str()));
            if other || again {
                let place = if other { "page_number" } else { "items" };
                return Err(Mismatch::new("the next page", "another one again").under(place));
            }
        }
        // Where the server does not say, an empty page is the end.
        let more = facts
            .has_next
            .or(facts.next_page.map(|next| next > asked))
            .or(facts.total_pages.map(|total| asked < total))
            .unwrap_or(!facts.is_empty);
        if more && facts.is_empty {
            return Err(Mismatch::new("tenants, or has_next false", "an empty page").under("items"));
        }
        let limit = facts.total_pages.map_or(LONGEST, |total| LONGEST.min(asked + total * 2.0 + 100.0));
        if more && asked >= *self.limit.get_or_insert(limit) {
            return Err(Mismatch::new("false after the last page", "true").under("has_next"));
        }
        self.page = more.then_some(asked + 1.0);
        if self.steps == 0 || self.steps == self.lap {
            self.seen = Some(facts.mark.clone());
            self.lap = self.lap.saturating_mul(2);
            self.steps = 0;
        }
        self.steps += 1;
        self.last = Some(facts.mark.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(mark: &str, number: f64, has_next: Option<bool>) -> PageFacts {
        PageFacts {
            mark: mark.into(),
            is_empty: mark.is_empty(),
            page_number: Some(number),
            has_next,
            next_page: None,
            total_pages: None,
        }
    }

    #[test]
    fn a_walk_ends_after_the_last_page() {
        let mut walk = Walk::from(1.0);
        assert_eq!(walk.step(&page("a", 1.0, Some(true))), Ok(()));
        assert_eq!(walk.page, Some(2.0));
        assert_eq!(walk.step(&page("b", 2.0, Some(false))), Ok(()));
        assert_eq!(walk.page, None);
    }

    #[test]
    fn an_empty_list_is_no_fault() {
        let mut walk = Walk::from(1.0);
        assert_eq!(walk.step(&page("", 1.0, Some(false))), Ok(()));
        assert_eq!(walk.page, None);
    }

    #[test]
    fn without_has_next_other_fields_tell() {
        let mut facts = page("a", 1.0, None);
        let next = |facts: &PageFacts| {
            let mut walk = Walk::from(1.0);
            walk.step(facts).map(|()| walk.page)
        };
        assert_eq!(next(&facts), Ok(Some(2.0)));
        facts.total_pages = Some(1.0);
        assert_eq!(next(&facts), Ok(None));
        facts.next_page = Some(2.0);
        assert_eq!(next(&facts), Ok(Some(2.0)));
        assert_eq!(next(&page("", 1.0, None)), Ok(None));
    }

    #[test]
    fn empty_pages_are_not_turned_for_ever() {
        let facts = PageFacts { total_pages: Some(1e9), ..page("", 1.0, None) };
        let fault = Walk::from(1.0).step(&facts);
        assert_eq!(fault.map_err(|mismatch| mismatch.path), Err("items".into()));
    }

    #[test]
    fn the_wrong_page_is_a_fault() {
        let mut walk = Walk::from(1.0);
        assert_eq!(walk.step(&page("a", 1.0, Some(true))), Ok(()));
        let fault = walk.step(&page("b", 1.0, Some(true)));
        assert_eq!(fault.map_err(|mismatch| mismatch.path), Err("page_number".into()));
    }

    #[test]
    fn a_promise_without_tenants_is_a_fault() {
        let mut walk = Walk::from(1.0);
        let fault = walk.step(&page("", 1.0, Some(true)));
        assert_eq!(fault.map_err(|mismatch| mismatch.path), Err("items".into()));
    }

    #[test]
    fn every_circle_is_noticed() {
        for start in 0..20_u32 {
            for length in 1..20_u32 {
                let mut walk = Walk::from(1.0);
                let mut steps = 0;
                let fault = loop {
                    // The first pages are new, then the same ones come around for ever.
                    let mark = if steps < start { steps } else { start + (steps - start) % length };
                    let facts = page(&["page ", &mark.to_string()].concat(), f64::from(steps + 1), Some(true));
                    if let Err(fault) = walk.step(&facts) {
                        break fault;
                    }
                    steps += 1;
                    assert!(steps < 200, "a circle of {length} after {start} pages went unnoticed");
                };
                assert_eq!(fault.path, "items");
                assert!(steps >= start + length, "a page was called a repetition too early");
            }
        }
    }

    #[test]
    fn a_list_ends_where_it_says() {
        type Total = fn(f64) -> f64;
        let totals: [(&str, Total, u32); 2] =
            // It goes on after its last page; it grows as fast as it is read.
            [("a constant total", |_| 3.0, 107), ("a growing total", |asked| asked + 1.0, 105)];
        for (name, total, expected) in totals {
            let mut walk = Walk::from(1.0);
            let mut steps = 0;
            let fault = loop {
                steps += 1;
                let asked = f64::from(steps);
                let total_pages = Some(total(asked));
                let facts = PageFacts { total_pages, ..page(&steps.to_string(), asked, Some(true)) };
                if let Err(fault) = walk.step(&facts) {
                    break fault;
                }
                assert!(steps < 1000, "{name} went unnoticed");
            };
            assert_eq!((fault.path.as_str(), steps), ("has_next", expected), "{name}");
        }
    }

    #[test]
    fn digits_of_whole_numbers() {
        assert_eq!(digits(1.0), "1");
        assert_eq!(digits(crate::input::MAX_SAFE_INTEGER), "9007199254740991");
    }
}
