//! `POST /api/partner/tenant/list?page=&size=`

use axum::{body::Bytes, extract::State};
use serde::Serialize;

use crate::{
    app::App,
    auth::PartnerId,
    body::Body,
    envelope::{ErrorCode, HandlerResult, success},
    query::{Parameters, positive_integer},
    store::{CURRENCY, ServicePackage, Tenant},
};

/// A larger `size` is rejected.
pub const MAX_SIZE: u64 = 10_000;

/// A tenant in a list. The documentation does not list its fields; the API key is left out, because a list should not
/// expose the keys of many tenants.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    full_name: &'a str,
    owner_name: &'a str,
    email: &'a str,
    phone: &'a str,
    description: &'a str,
    enabled: bool,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expire_date: Option<i64>,
    paid_type: &'static str,
    currency: &'static str,
    balance: i64,
    service_package: &'a ServicePackage,
}

impl<'a> Item<'a> {
    fn new(tenant: &'a Tenant, now: i64) -> Self {
        let effective_date = tenant.active_since(now);
        Self {
            id: &tenant.id,
            full_name: &tenant.full_name,
            owner_name: &tenant.owner_name,
            email: &tenant.email,
            phone: &tenant.phone,
            description: &tenant.description,
            enabled: tenant.enabled,
            status: tenant.status(now),
            domain: effective_date.map(|_| tenant.domain.as_str()),
            effective_date,
            expire_date: effective_date.map(|_| tenant.expire_date),
            paid_type: tenant.paid_type,
            currency: CURRENCY,
            balance: tenant.balance,
            service_package: &tenant.service_package,
        }
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Page<T> {
    items: Vec<T>,
    page_number: u64,
    page_size: u64,
    total_items: u64,
    total_pages: u64,
    has_next: bool,
    next_page: u64,
    has_previous: bool,
    previous_page: u64,
}

impl<T> Page<T> {
    /// Without a next or previous page, its number is that of the page itself: in the provider's examples
    /// `previous_page` of page 1 is 1.
    fn new(items: Vec<T>, page_number: u64, page_size: u64, total_items: u64) -> Self {
        let total_pages = total_items.div_ceil(page_size);
        let has_next = page_number < total_pages;
        let has_previous = page_number > 1;
        Self {
            items,
            page_number,
            page_size,
            total_items,
            total_pages,
            has_next,
            next_page: page_number + u64::from(has_next),
            has_previous,
            previous_page: page_number - u64::from(has_previous),
        }
    }
}

pub async fn handle(State(app): State<App>, partner: PartnerId, parameters: Parameters, bytes: Bytes) -> HandlerResult {
    let page = positive_integer(&parameters, "page")?;
    let size = positive_integer(&parameters, "size")?;
    if size > MAX_SIZE {
        return Err(ErrorCode::RequestInvalid.into());
    }
    let fields = Body::parse(&bytes).fields(ErrorCode::RequestBodyRequired, ErrorCode::RequestBodyRequired)?;
    let keyword = fields.optional_text("keyword")?.unwrap_or_default();

    let now = app.now();
    let store = app.store();
    let found = store.search(partner, keyword);
    let total = found.len() as u64;
    let first = usize::try_from((page - 1).saturating_mul(size)).unwrap_or(usize::MAX);
    let items = found.iter().skip(first).take(size as usize).map(|tenant| Item::new(tenant, now)).collect();
    Ok(success(Page::new(items, page, size, total)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u64, size: u64, total: u64) -> (u64, bool, u64, bool, u64) {
        let page = Page::<()>::new(Vec::new(), number, size, total);
        (page.total_pages, page.has_next, page.next_page, page.has_previous, page.previous_page)
    }

    #[test]
    fn computes_the_page_info() {
        assert_eq!(page(1, 50, 0), (0, false, 1, false, 1));
        assert_eq!(page(1, 50, 50), (1, false, 1, false, 1));
        assert_eq!(page(1, 50, 51), (2, true, 2, false, 1));
        assert_eq!(page(2, 50, 51), (2, false, 2, true, 1));
        assert_eq!(page(2, 10, 35), (4, true, 3, true, 1));
        assert_eq!(page(9, 10, 35), (4, false, 9, true, 8));
        assert_eq!(page(u64::MAX, 10_000, 1), (1, false, u64::MAX, true, u64::MAX - 1));
    }
}
