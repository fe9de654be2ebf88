import { Group, NumberInput, Skeleton, Text } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { Card } from "./Card";
import { CountLink } from "./CountLink";
import type { Summary } from "./summary";

interface Props {
  summary: Summary | undefined;
  threshold: number;
  onThreshold: (amount: number) => void;
}

/** How many tenants have a balance under the threshold, which the user can change. */
export function LowBalances({ summary, threshold, onThreshold }: Props) {
  const { language, t } = useLanguage();
  const format = useFormat();
  const [typed, setTyped] = useState<string | number>(threshold);
  const amount = format.money(threshold);
  return (
    <Card title={t.overview.lowBalances}>
      {summary ? (
        <div>
          <CountLink
            fz={28}
            fw={650}
            lh={1.3}
            count={summary.below}
            filters={{ below: threshold }}
            label={(count) => t.overview.below(count, amount)}
          />
          <Text size="sm" c="dimmed">
            {t.overview.belowHint}
          </Text>
          <Group gap={4} mt={4}>
            <CountLink
              size="sm"
              fw={600}
              count={summary.belowActivated}
              filters={{ status: "activated", below: threshold }}
              label={(count) => t.overview.belowActivated(count, amount)}
            />
            <Text size="sm" c="dimmed">
              {t.overview.belowActivatedHint}
            </Text>
          </Group>
        </div>
      ) : (
        <Skeleton h={84} />
      )}
      <NumberInput
        mt="auto"
        size="sm"
        label={t.overview.threshold}
        min={0}
        max={1_000_000_000_000}
        step={50_000}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator={language === "vi" ? "." : ","}
        decimalSeparator={language === "vi" ? "," : "."}
        value={typed}
        onChange={(value) => {
          setTyped(value);
          if (typeof value === "number") onThreshold(value);
        }}
        onBlur={() => setTyped(threshold)}
      />
    </Card>
  );
}
