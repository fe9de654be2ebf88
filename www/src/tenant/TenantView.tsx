import { Grid, Group, Stack, Text, Title } from "@mantine/core";
import type { Tenant } from "omicall-partner";
import { useState } from "react";
import { StatusBadge } from "../display/StatusBadge";
import { TimeZoneNote } from "../display/TimeZoneNote";
import type { PaymentKind, PurchaseDetails, TopUpDetails } from "../journal/model";
import { pageId } from "../journal/page";
import { useUnsettledPayment } from "../journal/writes";
import { useLanguage } from "../language/language";
import { UnsettledPayment } from "../payment/UnsettledPayment";
import { Purchase } from "../purchase/Purchase";
import type { PurchaseKind } from "../purchase/order";
import { TopUp } from "../top-up/TopUp";
import { useTopUpLink } from "../top-up/useTopUpLink";
import { Balance } from "./Balance";
import { Numbers } from "./Numbers";
import { OtherFields } from "./OtherFields";
import { Package } from "./Package";
import { Secret } from "./Secret";
import { EmptyText, Section } from "./Section";
import { AccountFacts, DomainFacts } from "./TenantFacts";

const purchaseKinds: readonly PurchaseKind[] = ["upgrade", "extend", "buy"];

export function TenantView({ id, tenant }: { id: string; tenant: Tenant }) {
  const { t } = useLanguage();
  const [opened, setOpened] = useState<PaymentKind>();
  const [draft, setDraft] = useState<TopUpDetails | PurchaseDetails>();
  const open = (kind: PaymentKind, draft?: TopUpDetails | PurchaseDetails) => {
    setDraft(draft);
    setOpened(kind);
  };
  const payment = useUnsettledPayment(tenant.email ?? "");
  useTopUpLink(payment === undefined ? undefined : payment !== null, () => open("topUp"));
  // While a form is open, the form shows the payment.
  const unsettled = opened ? undefined : payment;
  const formProps = {
    id,
    tenant,
    sending: payment?.state === "pending" && payment.page === pageId,
    onClose: () => setOpened(undefined),
  };
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h2" className="breakable">
          {tenant.full_name || t.tenant.unnamed}
        </Title>
        <StatusBadge tenant={tenant} size="lg" />
      </Group>
      {unsettled && <UnsettledPayment payment={unsettled} onResend={() => open(unsettled.kind, unsettled)} />}
      <Grid>
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
          <Stack>
            <Balance tenant={tenant} unsettled={unsettled} onTopUp={() => open("topUp")} />
            <Section title={t.detail.apiKey}>
              <ApiKey value={tenant.api_key} />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <Stack>
            <AccountFacts id={id} tenant={tenant} />
            <DomainFacts tenant={tenant} />
            <Package
              tenant={tenant}
              unsettled={unsettled}
              onUpgrade={() => open("upgrade")}
              onExtend={() => open("extend")}
            />
            <Numbers numbers={tenant.public_numbers ?? []} unsettled={unsettled} onBuy={() => open("buy")} />
            <OtherFields tenant={tenant} />
            <TimeZoneNote />
          </Stack>
        </Grid.Col>
      </Grid>
      <TopUp {...formProps} opened={opened === "topUp"} draft={draft?.kind === "topUp" ? draft : undefined} />
      {purchaseKinds.map((kind) => (
        <Purchase
          key={kind}
          {...formProps}
          kind={kind}
          opened={opened === kind}
          draft={draft && draft.kind !== "topUp" ? draft : undefined}
        />
      ))}
    </>
  );
}

function ApiKey({ value }: { value: Tenant["api_key"] }) {
  const { t } = useLanguage();
  if (!value) return <EmptyText>{t.detail.noApiKey}</EmptyText>;
  return (
    <Stack gap="xs">
      <Secret name={t.detail.apiKey} value={value} />
      <Text size="xs" c="dimmed">
        {t.detail.apiKeyHint}
      </Text>
    </Stack>
  );
}
