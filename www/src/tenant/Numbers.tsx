import { Button, Group, Stack, Table, Text } from "@mantine/core";
import type { PublicNumber } from "omicall-partner";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { lookUp } from "../display/lookUp";
import { useLanguage } from "../language/language";
import type { Payment } from "../journal/model";
import { Blocked } from "../payment/Blocked";
import { EmptyText, Section } from "./Section";

interface Props {
  numbers: readonly PublicNumber[];
  /** An earlier payment that must be settled first. */
  unsettled: Payment | null | undefined;
  onBuy: () => void;
}

export function Numbers({ numbers, unsettled, onBuy }: Props) {
  const { t } = useLanguage();
  return (
    <Section title={t.detail.numbers}>
      <Stack gap="md">
        {numbers.length === 0 ? <EmptyText>{t.detail.noNumbers}</EmptyText> : <NumberTable numbers={numbers} />}
        <Group>
          <Button
            variant="default"
            size="sm"
            leftSection={<Icon name="phone" size={16} />}
            onClick={onBuy}
            disabled={unsettled != null}
          >
            {t.purchase.buy.title}
          </Button>
        </Group>
        <Blocked by={unsettled} />
      </Stack>
    </Section>
  );
}

function NumberTable({ numbers }: { numbers: readonly PublicNumber[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={240}>
      <Table aria-label={t.detail.numbers} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.detail.number}</Table.Th>
            <Table.Th>{t.tenant.status}</Table.Th>
            <Table.Th ta="right">{t.tenant.expires}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {numbers.map(({ number, provider, status, expire_date }, index) => (
            <Table.Tr key={number ?? index}>
              <Table.Td>
                <Text size="sm" fw={600} className="figures">
                  {number ?? t.none}
                </Text>
                {/* No column of its own: four would be wider than a phone. */}
                <Text size="xs" c="dimmed">
                  {provider}
                </Text>
              </Table.Td>
              <Table.Td>{status ? (lookUp(t.detail.numberStatuses, status) ?? status) : t.none}</Table.Td>
              <Table.Td ta="right">{format.expiry(expire_date)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
