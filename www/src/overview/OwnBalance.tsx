import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "../data/account";
import { useFormat } from "../display/format";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { Card } from "./Card";

/** The balance of the partner, from which packages and numbers are paid. */
export function OwnBalance() {
  const { t } = useLanguage();
  const format = useFormat();
  const { data, error, refetch } = useQuery({ ...accountQuery(useClient()), refetchInterval: 5 * 60_000 });
  return (
    <Card title={t.overview.ownBalance}>
      {error && <ErrorAlert title={t.overview.ownBalanceFailed} error={error} onRetry={refetch} />}
      {data ? (
        <div>
          <Text fz={28} fw={650} lh={1.3} className="figures">
            {format.money(data.balance, data.currency)}
          </Text>
          <Text size="sm" c="dimmed" className="breakable">
            {data.full_name}
          </Text>
        </div>
      ) : (
        !error && <Skeleton h={58} />
      )}
    </Card>
  );
}
