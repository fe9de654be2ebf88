import type { Texts } from "../language/texts";
import { lookUp } from "./lookUp";

/** The name of a status that `statusOf` returns. */
export function statusLabel(status: string, t: Texts): string {
  if (status === "disabled") return t.tenant.disabled;
  return status ? (lookUp(t.tenant.statuses, status) ?? status) : t.tenant.unknownStatus;
}

export function statusColor(status: string): string {
  if (status === "disabled") return "gray";
  return status === "activated" ? "teal" : "orange";
}
