import type { Tenant } from "omicall-partner";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { Facts } from "../display/Facts";
import { paidTypeText } from "./paidType";
import { Section } from "./Section";

export function AccountFacts({ id, tenant }: { id: string; tenant: Tenant }) {
  const { t } = useLanguage();
  const yesNo = (value: boolean | null | undefined) => (value == null ? t.none : value ? t.yes : t.no);
  return (
    <Section title={t.detail.account}>
      <Facts
        items={[
          [t.detail.email, tenant.email],
          [t.detail.phone, tenant.phone],
          [t.detail.description, tenant.description],
          [t.detail.enabled, yesNo(tenant.enabled)],
          [t.detail.paidType, paidTypeText(tenant, t)],
          [t.detail.nation, tenant.nation?.toUpperCase()],
          [t.detail.currency, tenant.currency],
          [t.detail.language, tenant.language],
          [t.detail.id, id],
        ]}
      />
    </Section>
  );
}

export function DomainFacts({ tenant }: { tenant: Tenant }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Section title={t.detail.domains}>
      <Facts
        items={[
          [t.detail.domain, tenant.domain],
          [t.detail.domainFusion, tenant.domain_fusion],
          [t.detail.domainExpire, format.expiry(tenant.domain_expire)],
          [t.detail.effectiveDate, format.date(tenant.effective_date)],
          [t.detail.expireDate, format.expiry(tenant.expire_date)],
        ]}
      />
    </Section>
  );
}
