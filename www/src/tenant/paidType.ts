import type { Tenant } from "omicall-partner";
import { lookUp } from "../display/lookUp";
import type { Texts } from "../language/texts";

export const paidTypeText = ({ paid_type }: Tenant, t: Texts) =>
  paid_type && (lookUp(t.detail.paidTypes, paid_type) ?? paid_type);
