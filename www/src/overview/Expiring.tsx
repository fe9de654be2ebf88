import { Group, Skeleton, Table, Text } from "@mantine/core";
import { expiringKinds } from "../data/tenantFilters";
import { useLanguage } from "../language/language";
import { Card } from "./Card";
import { Bars } from "./Chart";
import { CountLink } from "./CountLink";
import classes from "./Overview.module.css";
import { periods, type Summary } from "./summary";
import { Swatch } from "./Swatch";

const colors = { 30: "red.6", 90: "yellow.6" };

/** How many tenants have something that expires soon, by what it is. */
export function Expiring({ summary }: { summary: Summary | undefined }) {
  const { t } = useLanguage();
  const unlisted = summary ? expiringKinds.filter((kind) => !summary.listed.has(kind)) : [];
  return (
    <Card title={t.overview.expiring}>
      <Text size="sm" c="dimmed">
        {t.overview.expiringHint}
      </Text>
      {summary ? (
        <div className={classes.expiring}>
          <Table withRowBorders={false} horizontalSpacing={0} verticalSpacing={0} aria-label={t.overview.expiring}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col" fz="xs">
                  {t.overview.expiringKind}
                </Table.Th>
                {periods.map((days) => (
                  <Table.Th key={days} scope="col" fz="xs">
                    <Group gap={6} justify="flex-end" wrap="nowrap">
                      <Swatch color={colors[days]} />
                      {t.overview.days(days)}
                    </Group>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {expiringKinds.map((kind) => (
                <Table.Tr key={kind}>
                  <Table.Th scope="row" fw={500}>
                    {t.overview.kinds[kind]}
                  </Table.Th>
                  {periods.map((days) => (
                    <Table.Td key={days} ta="right">
                      <CountLink
                        fw={600}
                        count={summary.listed.has(kind) ? summary.expiring[kind][days] : undefined}
                        filters={{ expires: kind, within: days }}
                        label={(count) => t.overview.expiringCounts[kind](count, days)}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <div className={classes.bars}>
            <Bars
              data={expiringKinds.map((kind) => {
                const { 30: soon, 90: later } = summary.expiring[kind];
                // Stacked: the tenants of 30 days are among those of 90.
                return { name: kind, soon, later: later - soon };
              })}
              series={[
                { name: "soon", color: colors[30] },
                { name: "later", color: colors[90] },
              ]}
            />
          </div>
        </div>
      ) : (
        <Skeleton h={144} />
      )}
      {unlisted.length > 0 && (
        <Text size="xs" c="dimmed">
          {t.overview.unlisted(unlisted.map((kind) => t.overview.kinds[kind].toLowerCase()).join(", "))}
        </Text>
      )}
    </Card>
  );
}
