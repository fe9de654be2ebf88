import { Anchor, Badge, Button, Grid, Group, Paper, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useDisclosure, useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { PublicNumber, ServicePackage, Tenant } from "omicall-partner";
import { type ReactNode, useEffect, useState } from "react";
import { Link } from "wouter";
import { useClient } from "../session/client";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import type { Texts } from "../language/texts";
import { useLanguage } from "../language/language";
import { lookUp } from "../display/lookUp";
import { TimeZoneNote } from "../display/TimeZoneNote";
import { isUnknown, type Payment, type TopUpDetails } from "../journal/model";
import { pageId } from "../journal/page";
import { useUnsettledPayment } from "../journal/writes";
import { ApiKey } from "./ApiKey";
import { tenantQuery } from "../data/tenants";
import { StatusBadge } from "../display/StatusBadge";
import { TopUp } from "../top-up/TopUp";
import { useTopUpLink } from "../top-up/useTopUpLink";
import { PendingTopUp, UnknownTopUp } from "../top-up/UnsettledTopUp";

export function TenantDetail({ id }: { id: string }) {
  const { t } = useLanguage();
  const client = useClient();
  const { data: tenant, error, isFetching, refetch } = useQuery(tenantQuery(client, id));
  // The page starts at its top, even if the list was scrolled.
  useEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  useDocumentTitle(`${tenant?.full_name ?? t.list.title} – ${t.appName}`);
  return (
    <Stack>
      <Group justify="space-between">
        <Anchor component={Link} href="/tenants" size="sm">
          <Group gap={6} component="span">
            <Icon name="back" size={16} />
            {t.backToList}
          </Group>
        </Anchor>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="refresh" size={14} />}
          loading={isFetching}
          onClick={() => refetch()}
        >
          {t.refresh}
        </Button>
      </Group>
      {error && <ErrorAlert error={error} onRetry={refetch} />}
      {tenant ? <TenantView id={id} tenant={tenant} /> : !error && <TenantSkeleton />}
    </Stack>
  );
}

function TenantView({ id, tenant }: { id: string; tenant: Tenant }) {
  const { t } = useLanguage();
  const format = useFormat();
  const [formOpened, form] = useDisclosure(false);
  const [draft, setDraft] = useState<TopUpDetails>();
  const openForm = (draft?: TopUpDetails) => {
    setDraft(draft);
    form.open();
  };
  const topUp = useUnsettledPayment(tenant.email ?? "");
  useTopUpLink(topUp === undefined ? undefined : topUp !== null, openForm);
  // While the form is open, the form shows the top-up.
  const unsettled = formOpened ? undefined : topUp;
  const yesNo = (value: boolean | null | undefined) => (value == null ? t.none : value ? t.yes : t.no);
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h2" className="breakable">
          {tenant.full_name || t.tenant.unnamed}
        </Title>
        <StatusBadge tenant={tenant} size="lg" />
      </Group>
      {unsettled?.kind === "topUp" &&
        (isUnknown(unsettled) ? (
          <UnknownTopUp topUp={unsettled} onResend={() => openForm(unsettled)} />
        ) : (
          <PendingTopUp topUp={unsettled} />
        ))}
      <Grid>
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
          <Stack>
            <Balance tenant={tenant} unsettled={unsettled} onTopUp={() => openForm()} />
            <Section title={t.detail.apiKey}>
              <ApiKey value={tenant.api_key} />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <Stack>
            <Section title={t.detail.account}>
              <DescriptionList
                items={[
                  [t.detail.email, tenant.email],
                  [t.detail.phone, tenant.phone],
                  [t.detail.description, tenant.description],
                  [t.detail.enabled, yesNo(tenant.enabled)],
                  [t.detail.paidType, paidTypeText(tenant, t)],
                  [t.detail.nation, tenant.nation?.toUpperCase()],
                  [t.detail.currency, tenant.currency],
                  [t.detail.language, tenant.language],
                ]}
              />
            </Section>
            <Section title={t.detail.domains}>
              <DescriptionList
                items={[
                  [t.detail.domain, tenant.domain],
                  [t.detail.domainFusion, tenant.domain_fusion],
                  [t.detail.domainExpire, format.expiry(tenant.domain_expire)],
                  [t.detail.effectiveDate, format.date(tenant.effective_date)],
                  [t.detail.expireDate, format.expiry(tenant.expire_date)],
                ]}
              />
            </Section>
            <Section title={t.detail.servicePackage}>
              <Package value={tenant.service_package} currency={tenant.currency} />
            </Section>
            <Section title={t.detail.numbers}>
              <Numbers numbers={tenant.public_numbers ?? []} />
            </Section>
            <TimeZoneNote />
          </Stack>
        </Grid.Col>
      </Grid>
      <TopUp
        opened={formOpened}
        onClose={form.close}
        id={id}
        tenant={tenant}
        draft={draft}
        sending={topUp?.state === "pending" && topUp.page === pageId}
      />
    </>
  );
}

interface BalanceProps {
  tenant: Tenant;
  /** An earlier top-up that must be resolved first. */
  unsettled: Payment | null | undefined;
  onTopUp: () => void;
}

function Balance({ tenant, unsettled, onTopUp }: BalanceProps) {
  const { t } = useLanguage();
  const format = useFormat();
  const paidType = paidTypeText(tenant, t);
  return (
    <Paper withBorder p="lg">
      <Stack gap="md">
        <div>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" id="balance-label">
              {t.detail.balance}
            </Text>
            {paidType && (
              <Badge variant="light" color="gray" tt="none">
                {paidType}
              </Badge>
            )}
          </Group>
          <Text fz={30} fw={700} lh={1.3} className="figures" role="group" aria-labelledby="balance-label">
            {format.money(tenant.balance, tenant.currency)}
          </Text>
        </div>
        <Button fullWidth leftSection={<Icon name="wallet" />} onClick={onTopUp} disabled={unsettled != null}>
          {t.detail.topUp}
        </Button>
        {unsettled && (
          <Text size="xs" c="dimmed">
            {isUnknown(unsettled) ? t.topUp.blocked : t.topUp.waitForResponse}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

const paidTypeText = ({ paid_type }: Tenant, t: Texts) =>
  paid_type && (lookUp(t.detail.paidTypes, paid_type) ?? paid_type);

function Package({ value, currency }: { value: ServicePackage | null | undefined; currency: Tenant["currency"] }) {
  const { t } = useLanguage();
  const format = useFormat();
  if (!value) return <EmptyText>{t.detail.noPackage}</EmptyText>;
  return (
    <DescriptionList
      items={[
        [t.detail.packageName, value.service_name],
        [t.detail.packageCode, value.code_name],
        [t.detail.staff, format.number(value.staff_num)],
        [t.detail.customers, value.customer_num === 0 ? t.detail.unlimited : format.number(value.customer_num)],
        [t.detail.packageExpiry, format.expiry(value.expiry_date)],
        [t.detail.cashback, format.money(value.cashback, currency)],
      ]}
    />
  );
}

function Numbers({ numbers }: { numbers: readonly PublicNumber[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  if (numbers.length === 0) return <EmptyText>{t.detail.noNumbers}</EmptyText>;
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
              <Table.Td ta="right" className="figures">
                {format.expiry(expire_date)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h5" mb="md">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function DescriptionList({ items }: { items: readonly (readonly [term: string, value: string | null | undefined])[] }) {
  const { t } = useLanguage();
  return (
    <dl className="facts">
      {items.map(([term, value]) => (
        <DescriptionRow key={term} term={term} value={value || t.none} />
      ))}
    </dl>
  );
}

function DescriptionRow({ term, value }: { term: string; value: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}

function EmptyText({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function TenantSkeleton() {
  const { t } = useLanguage();
  return (
    <Stack role="status" aria-label={t.loading}>
      <Skeleton h={32} w="45%" />
      <Grid>
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
          <Skeleton h={180} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <Stack>
            <Skeleton h={240} />
            <Skeleton h={200} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
