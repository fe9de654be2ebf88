import { Group, Skeleton, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormat } from "../display/format";
import { statusColor, statusLabel } from "../display/status";
import { useLanguage } from "../language/language";
import { Card } from "./Card";
import { Bars, Donut } from "./Chart";
import { CountLink } from "./CountLink";
import classes from "./Overview.module.css";
import type { Summary } from "./summary";
import { Swatch } from "./Swatch";

/** How many tenants have each status. */
export function ByStatus({ summary }: { summary: Summary | undefined }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Card title={t.overview.byStatus}>
      {summary ? (
        <div className={classes.statuses}>
          <Donut
            size={160}
            label={format.number(summary.total)}
            data={summary.statuses.map(({ status, count }) => ({
              name: status,
              value: count,
              color: `${statusColor(status)}.6`,
            }))}
          />
          <ul className={classes.rows}>
            {summary.statuses.map(({ status, count }) => {
              const name = statusLabel(status, t);
              return (
                <Row key={status}>
                  <Group gap="xs" wrap="nowrap">
                    <Swatch color={`${statusColor(status)}.6`} />
                    <Text size="sm">{name}</Text>
                  </Group>
                  <CountLink
                    fw={600}
                    count={count}
                    filters={{ status }}
                    label={(count) => t.overview.withStatus(count, name)}
                  />
                </Row>
              );
            })}
          </ul>
        </div>
      ) : (
        <Skeleton h={160} />
      )}
    </Card>
  );
}

/** How many tenants have each service package. */
export function ByPackage({ summary }: { summary: Summary | undefined }) {
  const { t } = useLanguage();
  return (
    <Card title={t.overview.byPackage}>
      {summary ? (
        <div className={classes.packages}>
          <ul className={classes.rows}>
            {summary.packages.map(({ code, name, count }) => (
              <Row key={code}>
                <Text size="sm" truncate className={classes.name}>
                  {code ? name : t.overview.noPackage}
                </Text>
                <CountLink
                  fw={600}
                  count={count}
                  filters={{ package: code }}
                  label={(count) => (code ? t.overview.withPackage(count, name) : t.overview.withoutPackage(count))}
                />
              </Row>
            ))}
          </ul>
          <div className={classes.bars}>
            <Bars
              data={summary.packages.map(({ code, count }) => ({ name: code, count }))}
              series={[{ name: "count", color: "indigo.5" }]}
            />
          </div>
        </div>
      ) : (
        <Skeleton h={216} />
      )}
    </Card>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <li className={classes.row}>{children}</li>;
}
