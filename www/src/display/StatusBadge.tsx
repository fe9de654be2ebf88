import { Badge } from "@mantine/core";
import type { Tenant } from "omicall-partner";
import { useLanguage } from "../language/language";
import { lookUp } from "./lookUp";

export function StatusBadge({ tenant: { status, enabled }, size = "md" }: { tenant: Tenant; size?: "md" | "lg" }) {
  const { t } = useLanguage();
  const [color, label] =
    enabled === false
      ? ["gray", t.tenant.disabled]
      : [
          status === "activated" ? "teal" : "orange",
          status ? (lookUp(t.tenant.statuses, status) ?? status) : t.tenant.unknownStatus,
        ];
  return (
    <Badge variant="light" color={color} size={size} tt="none" fw={600} miw="max-content">
      {label}
    </Badge>
  );
}
