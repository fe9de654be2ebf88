import { Modal } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import type { Tenant, TopUpOptions } from "omicall-partner";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { refreshTenant, tenantsKey } from "../data/tenants";
import { type Format, useFormat } from "../display/format";
import { notify } from "../display/notify";
import { useIsMounted } from "../display/useIsMounted";
import { errorMessage, fieldErrors, showFieldErrors } from "../errors/errors";
import { isOutcomeUnknown } from "../journal/errors";
import type { TopUpDetails } from "../journal/model";
import { send, useServer } from "../journal/writes";
import { useLanguage } from "../language/language";
import type { Texts } from "../language/texts";
import { Boundary } from "../layout/Boundary";
import { Offline } from "../layout/Offline";
import { useClient } from "../session/client";
import { parseAmount } from "./amount";
import { Confirmation } from "./Confirmation";
import { describeFailure } from "./failure";
import { notifyReceipt, summary } from "./receipt";
import { placeholderIn } from "./templates";
import { type Params, TopUpForm, type Values } from "./TopUpForm";

/** What is sent. An amount that is empty or no number stays as it is, so that the SDK reports it. */
const paramsOf = ({ amount, ...others }: Values, t: Texts) =>
  ({ ...others, amount: parseAmount(amount, t) ?? amount }) as Params;

/** Records the balance before and after as evidence, if the API shows the balance of this wallet. */
const optionsFor = ({ wallet }: Params): TopUpOptions => ({ recordBalance: wallet !== "SPK" });

const fields = ["email", "amount", "wallet", "description"];
const fieldOfCode = {
  "amount_gte_10.000_vnd": "amount",
  description_is_required: "description",
  "description_is_to_short.gte_50_characters": "description",
};

interface Props {
  opened: boolean;
  onClose: () => void;
  id: string;
  tenant: Tenant;
  /** The initial values of the form. */
  draft: TopUpDetails | undefined;
  /** Whether this page is sending a payment of this tenant. */
  sending: boolean;
}

export function TopUp({ opened, onClose, ...stepProps }: Props) {
  const { t } = useLanguage();
  const { sending } = stepProps;
  return (
    <Modal
      opened={opened}
      // The dialog stays open while the top-up is pending.
      onClose={() => !sending && onClose()}
      // A stray click must not discard the input, such as the second click of a double click on a button that has
      // disappeared.
      closeOnClickOutside={false}
      title={t.topUp.title}
      closeButtonProps={{ "aria-label": t.close, disabled: sending }}
    >
      <Offline hint={t.offline.inForm} />
      <Boundary>
        <Steps {...stepProps} onClose={onClose} />
      </Boundary>
    </Modal>
  );
}

function Steps({ id, tenant, draft, sending, onClose }: Omit<Props, "opened">) {
  const { t } = useLanguage();
  const client = useClient();
  const server = useServer();
  const format = useFormat();
  const isMounted = useIsMounted();
  const queryClient = useQueryClient();
  const [confirming, setConfirming] = useState<Params>();
  const [formError, setFormError] = useState<Error>();
  // A second click may arrive before the first has disabled the button, or during the closing animation of the dialog.
  const sent = useRef(false);
  const { amount, wallet = "NORMAL", description = "" } = draft ?? {};
  const form = useForm<Values>({
    initialValues: {
      email: tenant.email ?? "",
      amount: amount === undefined ? "" : format.number(amount),
      wallet,
      description,
    },
    validate: (values) => {
      const placeholder = placeholderIn(values.description);
      return {
        ...(placeholder !== undefined && { description: t.topUp.replacePlaceholder(placeholder) }),
        ...schemaResolver(client.schemas.topUp, { sync: true })(paramsOf(values, t)),
      };
    },
  });

  const backToForm = (error?: Error) => {
    // The fields must be mounted before one of them can receive the focus.
    flushSync(() => setConfirming(undefined));
    const messages = error && fieldErrors(error, fields, fieldOfCode);
    showFieldErrors(form, fields, messages);
    setFormError(messages ? undefined : error);
  };

  const toConfirmation = form.onSubmit(
    (values) => {
      setFormError(undefined);
      setConfirming(paramsOf(values, t));
    },
    (errors) => {
      setFormError(undefined);
      showFieldErrors(form, fields, errors);
    },
  );

  const topUp = async (params: Params) => {
    if (sent.current) return;
    sent.current = true;
    const { email, amount, wallet, description } = params;
    const name = tenant.full_name ?? email;
    const details: TopUpDetails = {
      kind: "topUp",
      server,
      email,
      name,
      tenantId: id,
      amount,
      wallet,
      description,
      balanceBefore: tenant.balance,
    };
    const closeLabel = t.close;
    const message = (t: Texts, format: Format) => summary(details, t, format);
    try {
      // No signal is passed, because aborting a top-up leaves its outcome unknown.
      const receipt = await send(details, client, ({ tenants }) => tenants.topUp(params, optionsFor(params)));
      notifyReceipt(details, receipt, closeLabel);
      onClose();
    } catch (thrown) {
      const error = thrown as Error;
      if (isOutcomeUnknown(error)) {
        if (!isMounted()) notify("unknown", { title: (t) => t.topUp.unknownTitle, message, closeLabel });
        onClose();
      } else if (isMounted()) {
        sent.current = false;
        backToForm(error);
      } else {
        const reason = (t: Texts, format: Format) =>
          [message(t, format), describeFailure(error, t).explanation, errorMessage(error, t)]
            .filter(Boolean)
            .join("\n");
        notify("error", { title: (t) => describeFailure(error, t).title, message: reason, closeLabel });
      }
    }
    // The page shows an error of this read. After a change of the language, the client of the top-up is closed.
    refreshTenant(queryClient, client, id).catch(() => queryClient.invalidateQueries({ queryKey: tenantsKey }));
  };

  if (!confirming) return <TopUpForm form={form} error={formError} onSubmit={toConfirmation} onCancel={onClose} />;
  return (
    <Confirmation
      params={confirming}
      tenant={tenant}
      sending={sending}
      onEdit={() => setConfirming(undefined)}
      onConfirm={() => void topUp(confirming)}
    />
  );
}
