//! `POST /api/partner/tenant/list`

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::model::TenantPage;
use super::params::Keyword;
use crate::config::CallOptions;
use crate::error::Result;
use crate::transport::pagination::{PageInfo, Paginator};
use crate::transport::{ApiRequest, Connection, Method};
use crate::validation::params::params;
use crate::validation::types::PositiveInteger;

/// The `@defaultValue` of `ListTenantsParams.size`.
const DEFAULT_SIZE: f64 = 50.0;

params! {
    /// Which tenants to list.
    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
    ListTenantsParams
    optional {
        /// The page to start with, counted from 1.
        ///
        /// @defaultValue 1
        page: PositiveInteger = "number | undefined", "The page number", "Số thứ tự trang";
        /// Tenants per page: 1 or more.
        ///
        /// @defaultValue 50
        size: PositiveInteger = "number | undefined", "The number of tenants per page", "Số doanh nghiệp mỗi trang";
        /// Part of a tenant's name or e-mail address. White space and invisible characters alone count as empty.
        ///
        /// @defaultValue `""`, which matches every tenant
        keyword: Keyword = "string | undefined", "The keyword", "Từ khóa";
    }
}

#[derive(Serialize)]
struct Body<'a> {
    keyword: &'a str,
}

impl ListTenantsParams {
    pub fn paginator(&self) -> RefCell<Paginator> {
        RefCell::new(Paginator::new(self.page.as_ref().map_or(1.0, |page| page.0)))
    }

    fn request(&self, page: f64) -> Result<ApiRequest> {
        let size = self.size.as_ref().map_or(DEFAULT_SIZE, |size| size.0);
        let keyword = self.keyword.as_ref().map_or("", |keyword| &keyword.0);
        // Validated integers; a POST that changes nothing.
        let request = ApiRequest::read(Method::Post, "/api/partner/tenant/list")
            .query("page", &(page as u64).to_string())
            .query("size", &(size as u64).to_string());
        Ok(request.json(&Body { keyword })?.returns(TenantPage::check))
    }
}

/// The next page; `undefined` after the last one.
pub async fn next(
    connection: &Connection,
    paginator: &RefCell<Paginator>,
    params: &ListTenantsParams,
    options: &CallOptions,
) -> Result {
    let Some(page) = paginator.borrow().page else {
        return Ok(JsValue::UNDEFINED);
    };
    let response = connection.execute(params.request(page)?, options).await?;
    let advanced = PageInfo::of(&response.payload, "id").and_then(|info| paginator.borrow_mut().advance(&info));
    match advanced {
        Ok(()) => Ok(response.payload),
        Err(mismatch) => Err(response.into_error(mismatch.under("payload"))),
    }
}
