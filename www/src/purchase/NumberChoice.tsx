import {
  Group,
  Pagination,
  Radio,
  type RadioGroupProps,
  Select,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { NumberOffer } from "omicall-partner";
import { useState } from "react";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { lookUp } from "../display/lookUp";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { priceIn, priceText } from "./order";
import { usePartnerBalance } from "./usePartnerBalance";

const pageSize = 6;

interface Props extends Omit<RadioGroupProps, "children"> {
  numbers: UseQueryResult<NumberOffer[]>;
}

/** The numbers on sale, with a search and a filter by type. */
export function NumberChoice({ numbers: { data, error, refetch }, ...props }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const [sought, setSought] = useState("");
  const [type, setType] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  if (error && !data) return <ErrorAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={320} role="status" aria-label={t.loading} />;
  if (data.length === 0) return <Text size="sm">{t.purchase.noNumbers}</Text>;
  const types = [...new Set(data.map(({ number_type }) => number_type ?? ""))];
  const found = data.filter((offer) => matches(offer, sought) && (type === null || (offer.number_type ?? "") === type));
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const current = Math.min(page, pages);
  return (
    <Radio.Group label={t.purchase.buy.item} required {...props}>
      <Stack gap={6} mt={6}>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            type="search"
            aria-label={t.purchase.searchNumber}
            placeholder={t.purchase.searchNumber}
            leftSection={<Icon name="search" size={16} />}
            flex={1}
            data-autofocus
            value={sought}
            onChange={({ currentTarget }) => {
              setSought(currentTarget.value);
              setPage(1);
            }}
            // The search must not submit the form.
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          />
          <Select
            aria-label={t.purchase.numberType}
            placeholder={t.purchase.allTypes}
            clearable
            w={130}
            data={types.map((type) => ({ value: type, label: typeText(type, t.purchase.numberTypes) || t.none }))}
            value={type}
            onChange={(type) => {
              setType(type);
              setPage(1);
            }}
          />
        </Group>
        {found.slice((current - 1) * pageSize, current * pageSize).map((offer) => (
          <NumberCard key={offer.number} offer={offer} />
        ))}
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed" role="status">
            {found.length === 0 ? t.purchase.noneFound : t.purchase.numbersFound(format.number(found.length))}
            {props.value && ` ${t.purchase.chosen(props.value)}`}
          </Text>
          <Pagination
            size="xs"
            total={pages}
            value={current}
            onChange={setPage}
            hideWithOnePage
            siblings={0}
            component="nav"
            aria-label={t.purchase.pages}
            getItemProps={(page) => ({ "aria-label": t.purchase.page(format.number(page)) })}
            getControlProps={(control) => ({
              "aria-label": control === "next" || control === "last" ? t.purchase.nextPage : t.purchase.previousPage,
            })}
          />
        </Group>
      </Stack>
    </Radio.Group>
  );
}

function NumberCard({ offer: { number, number_type, provider, maintaining_prices } }: { offer: NumberOffer }) {
  const { t } = useLanguage();
  const format = useFormat();
  const { currency } = usePartnerBalance();
  const monthly = priceIn(maintaining_prices ?? [], currency);
  return (
    <Radio.Card value={number} px="sm" py={6}>
      <Group wrap="nowrap" gap="sm">
        <Radio.Indicator />
        <Group justify="space-between" gap={4} flex={1}>
          <div>
            <Text size="sm" fw={600} className="figures">
              {number}
            </Text>
            <Text size="xs" c="dimmed">
              {[typeText(number_type, t.purchase.numberTypes), provider].filter(Boolean).join(" · ")}
            </Text>
          </div>
          <Text size="sm" className="figures">
            {monthly ? t.purchase.monthly(priceText(monthly, format)) : t.purchase.noPrice}
          </Text>
        </Group>
      </Group>
    </Radio.Card>
  );
}

const typeText = (type: string | null | undefined, names: Record<string, string>) =>
  type && (lookUp(names, type) ?? type);

/** People write a number with 0 or +84 in front and with spaces; the server sends 84. */
function matches({ number, provider }: NumberOffer, sought: string): boolean {
  const text = sought.trim().toLowerCase();
  const digits = text.replace(/[\s.+-]/g, "");
  const national = digits.startsWith("0") ? `84${digits.slice(1)}` : digits;
  return number.includes(digits) || number.startsWith(national) || (provider ?? "").toLowerCase().includes(text);
}
