import type { Tenant } from "omicall-partner";
import type { PurchaseDetails } from "../journal/model";
import { useLanguage } from "../language/language";
import { PaymentDialog } from "../payment/PaymentDialog";
import { BuyNumber } from "./BuyNumber";
import { ExtendPackage } from "./ExtendPackage";
import type { PurchaseKind } from "./order";
import { UpgradePackage } from "./UpgradePackage";

export interface PurchaseProps {
  id: string;
  tenant: Tenant;
  /** The initial values of the form. */
  draft: PurchaseDetails | undefined;
  /** Whether this page is sending a payment of this tenant. */
  sending: boolean;
  onClose: () => void;
}

const forms = { upgrade: UpgradePackage, extend: ExtendPackage, buy: BuyNumber };

interface Props extends PurchaseProps {
  kind: PurchaseKind;
  opened: boolean;
}

/** The dialog of a purchase. */
export function Purchase({ kind, opened, ...props }: Props) {
  const { t } = useLanguage();
  const Form = forms[kind];
  return (
    <PaymentDialog
      title={t.purchase[kind].title}
      opened={opened}
      onClose={props.onClose}
      sending={props.sending}
      size={kind === "extend" ? "md" : "lg"}
    >
      <Form {...props} />
    </PaymentDialog>
  );
}
