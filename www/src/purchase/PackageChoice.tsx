import { Badge, Box, Group, Radio, type RadioGroupProps, Skeleton, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { PackageOffer } from "omicall-partner";
import { useFormat } from "../display/format";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { priceIn, priceText } from "./order";
import { usePartnerBalance } from "./usePartnerBalance";

interface Props extends Omit<RadioGroupProps, "children"> {
  packages: UseQueryResult<PackageOffer[]>;
  /** The code of the tenant's package. */
  current: string | null | undefined;
}

export function PackageChoice({ packages: { data, error, refetch }, current, ...props }: Props) {
  const { t } = useLanguage();
  if (error && !data) return <ErrorAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={220} role="status" aria-label={t.loading} />;
  // A package without a code cannot be ordered.
  const offers = data.filter(({ code_name }) => code_name);
  if (offers.length === 0) return <Text size="sm">{t.purchase.noPackages}</Text>;
  return (
    <Radio.Group label={t.purchase.upgrade.item} required {...props}>
      <Stack gap={6} mt={6}>
        {offers.map((offer) => (
          <PackageCard key={offer.code_name} offer={offer} isCurrent={offer.code_name === current} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function PackageCard({ offer, isCurrent }: { offer: PackageOffer; isCurrent: boolean }) {
  const { t } = useLanguage();
  const format = useFormat();
  const { currency } = usePartnerBalance();
  const monthly = priceIn(offer.fee_holds ?? [], currency);
  const setup = priceIn(offer.fee_setups ?? [], currency);
  const customers = offer.customer_num === 0 ? t.detail.unlimited.toLowerCase() : format.number(offer.customer_num);
  return (
    // More months of the same package are an extension.
    <Radio.Card value={offer.code_name ?? ""} p="sm" disabled={isCurrent}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={2} />
        <Group justify="space-between" gap={4} flex={1}>
          <div>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {offer.service_name || offer.code_name}
              </Text>
              {isCurrent && (
                <Badge variant="light" size="sm" tt="none">
                  {t.purchase.currentPackage}
                </Badge>
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {t.purchase.packageSize(format.number(offer.staff_num), customers)}
            </Text>
            {offer.note && (
              <Text size="xs" c="dimmed">
                {offer.note}
              </Text>
            )}
          </div>
          <Box ta={{ sm: "right" }}>
            <Text size="sm" fw={600} className="figures">
              {monthly ? t.purchase.monthly(priceText(monthly, format)) : t.purchase.noPrice}
            </Text>
            {setup && (
              <Text size="xs" c="dimmed" className="figures">
                {t.purchase.setup(priceText(setup, format))}
              </Text>
            )}
          </Box>
        </Group>
      </Group>
    </Radio.Card>
  );
}
