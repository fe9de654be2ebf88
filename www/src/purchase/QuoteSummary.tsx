import { Alert, Group, Paper, Stack, Text } from "@mantine/core";
import type { QuotedPrice } from "omicall-partner";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { priceIn, priceText, splitPrices } from "./order";
import { usePartnerBalance } from "./usePartnerBalance";

/** What a purchase costs by the list prices, beside the balance that pays for it. */
export function QuoteSummary({ prices }: { prices: readonly QuotedPrice[] | undefined }) {
  const { t } = useLanguage();
  const format = useFormat();
  const { balance, currency, error, refetch } = usePartnerBalance();
  const { first, others } = splitPrices(prices ?? [], currency, format);
  return (
    <Stack gap="xs">
      <Paper withBorder p="sm" role="group" aria-label={t.purchase.quote}>
        <Group justify="space-between" align="flex-start" gap="sm">
          <div role="status">
            <Text size="xs" c="dimmed">
              {t.purchase.quote}
            </Text>
            <Text fw={700} className="figures">
              {first ? priceText(first, format) : prices ? t.purchase.noPrice : t.none}
            </Text>
            {others && (
              <Text size="xs" c="dimmed">
                {t.purchase.otherCurrencies(others)}
              </Text>
            )}
          </div>
          <div>
            <Text size="xs" c="dimmed">
              {t.purchase.ownBalance}
            </Text>
            <Text fw={600} className="figures">
              {format.money(balance, currency)}
            </Text>
          </div>
        </Group>
      </Paper>
      <QuoteWarning prices={prices} />
      {error && <ErrorAlert error={error} title={t.purchase.ownBalanceUnread} onRetry={refetch} />}
    </Stack>
  );
}

/** What the user must know about the price before the purchase. */
export function QuoteWarning({ prices }: { prices: readonly QuotedPrice[] | undefined }) {
  const { t } = useLanguage();
  const { balance, currency } = usePartnerBalance();
  if (!prices) return null;
  const first = priceIn(prices, currency);
  const warning = !first
    ? t.purchase.noPriceHint
    : first.currency !== currency
      ? t.purchase.otherCurrencyHint(currency)
      : balance != null && first.price > balance && t.purchase.notEnough;
  return (
    warning && (
      <Alert color="yellow" icon={<Icon name="warning" />} role="status">
        {warning}
      </Alert>
    )
  );
}
