import { Anchor, Text, type TextProps } from "@mantine/core";
import { Link } from "wouter";
import type { TenantFilters } from "../data/tenantFilters";
import { useFormat } from "../display/format";
import { tenantsPath } from "../tenants/tenantsPath";

interface Props extends TextProps {
  /** Missing if the server does not say it. */
  count: number | undefined;
  /** What the tenants that are counted have in common. */
  filters: TenantFilters;
  /** Says what the number counts. */
  label: (count: string) => string;
}

/** A number of tenants that leads to their list. */
export function CountLink({ count, filters, label, ...props }: Props) {
  const format = useFormat();
  const number = format.number(count);
  if (!count) {
    return (
      <Text {...props} c="dimmed" className="figures">
        {number}
      </Text>
    );
  }
  return (
    <Anchor {...props} component={Link} href={tenantsPath(filters)} aria-label={label(number)} className="figures">
      {number}
    </Anchor>
  );
}
