// All texts of the portal. The messages of errors and validation issues come from the SDK, in the same language.
import * as batch from "../batch/texts";
import * as create from "../create/texts";
import * as errors from "../errors/texts";
import * as history from "../history/texts";
import * as journal from "../journal/texts";
import * as layout from "../layout/texts";
import * as overview from "../overview/texts";
import * as palette from "../palette/texts";
import * as payment from "../payment/texts";
import * as purchase from "../purchase/texts";
import * as session from "../session/texts";
import * as spreadsheet from "../spreadsheet/texts";
import * as tenant from "../tenant/texts";
import * as tenants from "../tenants/texts";
import * as topUp from "../top-up/texts";
import * as common from "./common";

const vi = {
  ...common.vi,
  ...batch.vi,
  ...create.vi,
  ...errors.vi,
  ...history.vi,
  ...journal.vi,
  ...layout.vi,
  ...overview.vi,
  ...palette.vi,
  ...payment.vi,
  ...purchase.vi,
  ...session.vi,
  ...spreadsheet.vi,
  ...tenant.vi,
  ...tenants.vi,
  ...topUp.vi,
};

export type Texts = typeof vi;

const en: Texts = {
  ...common.en,
  ...batch.en,
  ...create.en,
  ...errors.en,
  ...history.en,
  ...journal.en,
  ...layout.en,
  ...overview.en,
  ...palette.en,
  ...payment.en,
  ...purchase.en,
  ...session.en,
  ...spreadsheet.en,
  ...tenant.en,
  ...tenants.en,
  ...topUp.en,
};

export const texts = { vi, en };
