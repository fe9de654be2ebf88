//! The service packages. The code names are the provider's; the sizes are invented, except those of the trial, and so are the fees.

use crate::store::{Amounts, ServicePackage};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fees {
    pub setup: Amounts,
    pub monthly: Amounts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    pub code_name: &'static str,
    pub service_name: &'static str,
    pub staff_num: u32,
    pub customer_num: u32,
    pub note: &'static str,
    /// `None` for a package without a list price.
    pub fees: Option<Fees>,
}

impl Package {
    const fn new(code_name: &'static str, service_name: &'static str, staff_num: u32, customer_num: u32) -> Self {
        Self { code_name, service_name, staff_num, customer_num, note: "", fees: None }
    }

    const fn sold(self, note: &'static str, setup: Amounts, monthly: Amounts) -> Self {
        Self { note, fees: Some(Fees { setup, monthly }), ..self }
    }

    pub fn until(self, expiry_date: i64, cashback: i64) -> ServicePackage {
        ServicePackage {
            code_name: self.code_name.into(),
            service_name: self.service_name.into(),
            staff_num: self.staff_num,
            customer_num: self.customer_num,
            expiry_date,
            cashback,
        }
    }
}

pub const TRIAL: Package = Package::new("trial", "Trial", 5, 100);
const START: Package =
    Package::new("omi_start", "OMI Start", 10, 2_000).sold("Cho cửa hàng nhỏ", (500_000, 19_531), (300_000, 11_719));
const BUSINESS: Package = Package::new("omi_business", "OMI Business", 25, 10_000).sold(
    "Cho doanh nghiệp vừa và nhỏ",
    (1_000_000, 39_063),
    (800_000, 31_250),
);
const ADVANCE: Package = Package::new("omi_advance", "OMI Advance", 50, 50_000).sold(
    "Cho doanh nghiệp có nhiều chi nhánh",
    (2_000_000, 78_125),
    (1_500_000, 58_594),
);
const PRO: Package = Package::new("omi_pro", "OMI Pro", 100, 0).sold(
    "Không giới hạn số khách hàng",
    (5_000_000, 195_313),
    (3_000_000, 117_188),
);
const CUSTOMIZE: Package = Package::new("customize", "Customize", 250, 0);

pub const ALL: [Package; 6] = [TRIAL, START, BUSINESS, ADVANCE, PRO, CUSTOMIZE];

pub fn by_code_name(code_name: &str) -> Option<Package> {
    ALL.into_iter().find(|package| package.code_name == code_name)
}

/// Smaller packages occur more often.
pub const WEIGHTED: [Package; 12] =
    [TRIAL, TRIAL, TRIAL, START, START, START, BUSINESS, BUSINESS, ADVANCE, ADVANCE, PRO, CUSTOMIZE];
