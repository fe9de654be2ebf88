import { Center, Group, Loader, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { TimeZoneNote } from "../display/TimeZoneNote";
import { isPayment, isUnknown } from "../journal/model";
import { Unreadable, useIsUnreadable } from "../journal/Unreadable";
import { useWrites } from "../journal/writes";
import { useLanguage } from "../language/language";
import { ScreenTitle } from "../layout/ScreenTitle";
import { UnsettledPayment } from "../payment/UnsettledPayment";
import { type Column, ExportMenu } from "../spreadsheet/ExportMenu";
import { ClearHistory } from "./ClearHistory";
import { PaymentList } from "./PaymentList";
import { contains, type PaymentRow, rowsOf } from "./payments";

/** The payments of this browser, in all its tabs. */
export function History() {
  const { t } = useLanguage();
  const format = useFormat();
  const writes = useWrites();
  const isUnreadable = useIsUnreadable();
  const [text, setText] = useState("");
  const [state, setState] = useState<string | null>(null);
  useDocumentTitle(`${t.history.title} – ${t.appName}`);

  const all = rowsOf((writes ?? []).filter(isPayment), t, format);
  const rows = all.filter((row) => contains(row, text) && (state === null || row.state === state));
  const settled = all.filter((row) => row.state !== "unknown" && row.state !== "pending").length;
  const states = Object.entries(t.history.states).map(([value, label]) => ({ value, label }));
  return (
    <Stack>
      <ScreenTitle title={t.history.title} subtitle={t.history.subtitle} />
      {all.map(({ payment }) => isUnknown(payment) && <UnsettledPayment key={payment.id} payment={payment} />)}
      <Group align="flex-end">
        <TextInput
          type="search"
          flex="1 1 240px"
          aria-label={t.history.search}
          placeholder={t.history.search}
          leftSection={<Icon name="search" size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          w={{ base: "100%", xs: 200 }}
          aria-label={t.history.filterByState}
          placeholder={t.history.allStates}
          data={states}
          value={state}
          onChange={setState}
          clearable
        />
        <ExportMenu name={t.history.fileName} columns={useColumns()} rows={rows} />
        <ClearHistory settled={settled} />
      </Group>
      {isUnreadable ? (
        <Unreadable />
      ) : writes === undefined ? (
        <Center mih={120}>
          <Loader aria-label={t.loading} />
        </Center>
      ) : rows.length === 0 ? (
        <Text c="dimmed">{all.length === 0 ? t.history.empty : t.history.noneFound}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" role="status">
            {t.history.count(format.number(rows.length))}
          </Text>
          <PaymentList rows={rows} />
          <TimeZoneNote />
        </>
      )}
    </Stack>
  );
}

/** The columns of the exported table. */
function useColumns(): readonly Column<PaymentRow>[] {
  const { t } = useLanguage();
  return [
    { header: t.history.time, value: ({ payment }) => new Date(payment.sentAt) },
    { header: t.history.tenant, value: ({ payment }) => payment.name },
    { header: t.tenant.ownerEmail, value: ({ payment }) => payment.email },
    { header: t.history.kind, value: ({ kind }) => kind },
    { header: t.history.item, value: ({ item }) => item },
    { header: t.history.amount, value: ({ amount }) => amount },
    { header: t.history.currency, value: ({ currency }) => currency },
    { header: t.history.state, value: ({ state }) => t.history.states[state] },
    { header: t.history.evidence, value: ({ evidence }) => evidence },
  ];
}
