import { Anchor, Badge, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";
import { type PaymentRow, stateColors } from "./payments";

interface Props {
  rows: readonly PaymentRow[];
}

/** The payments as a table, or as cards where the screen is narrow. */
export function PaymentList({ rows }: Props) {
  const narrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  return narrow ? <PaymentCards rows={rows} /> : <PaymentTable rows={rows} />;
}

function PaymentTable({ rows }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={860}>
        <Table aria-label={t.history.title} verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="14%">{t.history.time}</Table.Th>
              <Table.Th w="20%">{t.history.tenant}</Table.Th>
              <Table.Th w="26%">{t.history.kind}</Table.Th>
              <Table.Th w="13%" ta="right">
                {t.history.amount}
              </Table.Th>
              <Table.Th w="27%">{t.history.state}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.payment.id} style={{ verticalAlign: "top" }}>
                <Table.Td>{format.dateTime(row.payment.sentAt)}</Table.Td>
                <Table.Td>
                  <Tenant row={row} />
                </Table.Td>
                <Table.Td>
                  <What row={row} />
                </Table.Td>
                <Table.Td ta="right" fw={600} className="figures">
                  {format.money(row.amount, row.currency)}
                </Table.Td>
                <Table.Td>
                  <State row={row} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function PaymentCards({ rows }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Stack component="ul" gap="xs" m={0} p={0} aria-label={t.history.title} style={{ listStyle: "none" }}>
      {rows.map((row) => (
        <Paper key={row.payment.id} component="li" withBorder p="md">
          <Stack gap="xs">
            <Group justify="space-between" align="flex-start" wrap="nowrap">
              <Text size="xs" c="dimmed">
                {format.dateTime(row.payment.sentAt)}
              </Text>
              <Text fw={600} className="figures">
                {format.money(row.amount, row.currency)}
              </Text>
            </Group>
            <Tenant row={row} />
            <What row={row} />
            <State row={row} />
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}

function Tenant({ row: { payment } }: { row: PaymentRow }) {
  return (
    <div>
      <Anchor component={Link} href={tenantPath(payment.tenantId)} size="sm" fw={600} className="breakable">
        {payment.name}
      </Anchor>
      <Text size="xs" c="dimmed" className="breakable">
        {payment.email}
      </Text>
    </div>
  );
}

function What({ row: { kind, item } }: { row: PaymentRow }) {
  return (
    <div>
      <Text size="sm">{kind}</Text>
      <Text size="xs" c="dimmed" className="breakable">
        {item}
      </Text>
    </div>
  );
}

function State({ row: { state, evidence } }: { row: PaymentRow }) {
  const { t } = useLanguage();
  return (
    <Stack gap={4} align="flex-start">
      <Badge variant="light" color={stateColors[state]} tt="none" fw={600} miw="max-content">
        {t.history.states[state]}
      </Badge>
      <Text size="xs" c="dimmed" className="breakable">
        {evidence}
      </Text>
    </Stack>
  );
}
