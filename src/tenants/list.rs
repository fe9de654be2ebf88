//! `POST /api/partner/tenant/list`

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::params::Keyword;
use crate::error::Result;
use crate::model::TenantPage;
use crate::transport::pagination::{DEFAULT_SIZE, List};
use crate::transport::{ApiRequest, Method};
use crate::validation::params::params;
use crate::validation::types::PositiveInteger;

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

impl List for ListTenantsParams {
    fn id(&self) -> &'static str {
        "id"
    }

    fn first_page(&self) -> f64 {
        self.page.as_ref().map_or(1.0, |page| page.0)
    }

    /// A POST that changes nothing.
    fn request(&self, page: f64) -> Result<ApiRequest> {
        let size = self.size.as_ref().map_or(DEFAULT_SIZE, |size| size.0);
        let keyword = self.keyword.as_ref().map_or("", |keyword| &keyword.0);
        let request = ApiRequest::read(Method::Post, "/api/partner/tenant/list").page(page, size);
        Ok(request.json(&Body { keyword })?.returns(TenantPage::check))
    }
}
