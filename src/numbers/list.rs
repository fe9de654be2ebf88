//! `GET /api/partner/public_number/list`

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::error::Result;
use crate::model::NumberPage;
use crate::transport::pagination::{DEFAULT_SIZE, List};
use crate::transport::{ApiRequest, Method};
use crate::validation::params::params;
use crate::validation::types::PositiveInteger;

params! {
    /// Which numbers to list.
    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
    ListNumbersParams
    optional {
        /// The page to start with, counted from 1.
        ///
        /// @defaultValue 1
        page: PositiveInteger = "number | undefined", "The page number", "Số thứ tự trang";
        /// Numbers per page: 1 or more.
        ///
        /// @defaultValue 50
        size: PositiveInteger = "number | undefined", "The number of phone numbers per page", "Số lượng đầu số mỗi trang";
    }
}

impl List for ListNumbersParams {
    fn id(&self) -> &'static str {
        "number"
    }

    fn first_page(&self) -> f64 {
        self.page.as_ref().map_or(1.0, |page| page.0)
    }

    fn request(&self, page: f64) -> Result<ApiRequest> {
        let size = self.size.as_ref().map_or(DEFAULT_SIZE, |size| size.0);
        let request = ApiRequest::read(Method::Get, "/api/partner/public_number/list").page(page, size);
        Ok(request.returns(NumberPage::check))
    }
}
