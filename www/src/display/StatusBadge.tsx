import { Badge } from "@mantine/core";
import type { Tenant } from "omicall-partner";
import { statusOf } from "../data/tenantFilters";
import { useLanguage } from "../language/language";
import { statusColor, statusLabel } from "./status";

export function StatusBadge({ tenant, size = "md" }: { tenant: Tenant; size?: "md" | "lg" }) {
  const { t } = useLanguage();
  const status = statusOf(tenant);
  return (
    <Badge variant="light" color={statusColor(status)} size={size} tt="none" fw={600} miw="max-content">
      {statusLabel(status, t)}
    </Badge>
  );
}
