//! The service packages. The code names are the provider's; the sizes are invented, except those of the trial.

use crate::store::ServicePackage;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    code_name: &'static str,
    service_name: &'static str,
    staff_num: u32,
    customer_num: u32,
}

impl Package {
    const fn new(code_name: &'static str, service_name: &'static str, staff_num: u32, customer_num: u32) -> Self {
        Self { code_name, service_name, staff_num, customer_num }
    }

    pub fn until(self, expiry_date: i64, cashback: i64) -> ServicePackage {
        ServicePackage {
            code_name: self.code_name,
            service_name: self.service_name,
            staff_num: self.staff_num,
            customer_num: self.customer_num,
            expiry_date,
            cashback,
        }
    }
}

pub const TRIAL: Package = Package::new("trial", "Trial", 5, 100);
const START: Package = Package::new("omi_start", "OMI Start", 10, 2_000);
const BUSINESS: Package = Package::new("omi_business", "OMI Business", 25, 10_000);
const ADVANCE: Package = Package::new("omi_advance", "OMI Advance", 50, 50_000);
const PRO: Package = Package::new("omi_pro", "OMI Pro", 100, 0);
const CUSTOMIZE: Package = Package::new("customize", "Customize", 250, 0);

pub const ALL: [Package; 6] = [TRIAL, START, BUSINESS, ADVANCE, PRO, CUSTOMIZE];

/// Smaller packages occur more often.
pub const WEIGHTED: [Package; 12] =
    [TRIAL, TRIAL, TRIAL, START, START, START, BUSINESS, BUSINESS, ADVANCE, ADVANCE, PRO, CUSTOMIZE];
