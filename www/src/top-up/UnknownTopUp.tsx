import type { PartnerClient, Reconciliation } from "omicall-partner";
import { useFormat } from "../display/format";
import type { TopUpDetails, UnknownWrite } from "../journal/model";
import { useLanguage } from "../language/language";
import type { Texts } from "../language/texts";
import { type OutcomeDescription, UnknownPayment } from "../payment/UnknownPayment";
import { timesApplied } from "./receipt";

interface Props {
  topUp: UnknownWrite<"topUp">;
  /** Opens the form with the values of this top-up; absent outside the tenant's page. */
  onResend?: (() => void) | undefined;
}

/** A top-up with an unknown outcome. */
export function UnknownTopUp({ topUp, onResend }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const balances = ({ evidence: { balanceBefore, balanceAfter } }: Reconciliation) =>
    [
      [
        balanceBefore === undefined ? t.topUp.balanceOnScreen : t.topUp.balanceBefore,
        format.money(balanceBefore ?? topUp.balanceBefore, "VND"),
      ],
      [t.topUp.balanceNow, <strong key="now">{format.money(balanceAfter, "VND")}</strong>],
    ] as const;
  return (
    <UnknownPayment
      payment={topUp}
      hint={t.topUp.unknownHint}
      facts={(checked) => [
        [t.topUp.amount, format.money(topUp.amount, "VND")],
        [t.topUp.wallet, t.topUp.wallets[topUp.wallet]],
        ...(checked ? balances(checked) : []),
      ]}
      uncheckable={topUp.wallet === "SPK" ? t.topUp.balanceHidden : undefined}
      describe={(checked) => describe(topUp, checked, t)}
      readNow={(client) => readBalance(client, topUp.tenantId)}
      resendLabel={t.topUp.resend}
      onResend={onResend}
    />
  );
}

/** Reads the current balance, for a top-up without a balance that the SDK has recorded before. */
async function readBalance({ tenants }: PartnerClient, id: string): Promise<Reconciliation> {
  const { balance } = await tenants.get(id);
  return { outcome: "inconclusive", evidence: balance == null ? {} : { balanceAfter: balance } };
}

/** Describes the result of a check. */
function describe(topUp: TopUpDetails, { outcome, evidence }: Reconciliation, t: Texts): OutcomeDescription {
  const { balanceBefore, balanceAfter } = evidence;
  if (balanceBefore === undefined) return { message: compareBalances(topUp, balanceAfter, t) };
  switch (outcome) {
    case "applied":
      return { settled: true, message: t.topUp.outcomes.applied, title: t.topUp.done, color: "teal", icon: "check" };
    case "appliedMoreThanOnce": {
      const title = t.topUp.appliedMoreThanOnceTitle(String(timesApplied(topUp, evidence)));
      return { settled: true, message: t.topUp.appliedMoreThanOnce, title, color: "red", icon: "warning" };
    }
    case "notApplied":
    case "inconclusive":
      return { message: t.topUp.outcomes[outcome] };
  }
}

/** Compares the current balance with the one on the screen. No proof: that one was read some unknown time before. */
function compareBalances({ amount, balanceBefore }: TopUpDetails, balanceNow: number | undefined, t: Texts): string {
  if (balanceBefore == null || balanceNow === undefined) return t.topUp.noBalance;
  const difference = balanceNow - balanceBefore;
  const message = difference === 0 ? t.topUp.unchanged : difference === amount ? t.topUp.grewByAmount : t.topUp.changed;
  return `${t.topUp.unrecorded} ${message}`;
}
