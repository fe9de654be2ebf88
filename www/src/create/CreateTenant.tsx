import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CreateTenantParams } from "omicall-partner";
import { useState } from "react";
import { addTenant } from "../data/tenants";
import { notify } from "../display/notify";
import { useIsMounted } from "../display/useIsMounted";
import { errorMessage, fieldErrors } from "../errors/errors";
import { isOutcomeUnknown, UnsettledError } from "../journal/errors";
import type { UnknownWrite } from "../journal/model";
import { close, send, useAccount } from "../journal/writes";
import { useLanguage } from "../language/language";
import type { Texts } from "../language/texts";
import { Boundary } from "../layout/Boundary";
import { Offline } from "../layout/Offline";
import { useClient } from "../session/client";
import { CreateForm } from "./CreateForm";
import { CreationSteps } from "./CreationSteps";
import { fields, useCreationForm } from "./form";
import { findRepeated, type Repeated } from "./RepeatedCreation";
import { useUnknownCreations } from "./UnknownCreation";

export function CreateTenant({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const [busy, setBusy] = useState(false);
  return (
    <Modal
      opened={opened}
      // The dialog stays open while the request is pending.
      onClose={() => !busy && onClose()}
      title={t.create.title}
      size="lg"
      closeButtonProps={{ "aria-label": t.close, disabled: busy }}
    >
      <Offline hint={t.offline.inForm} />
      <Boundary>
        <Creation onBusy={setBusy} onClose={onClose} />
      </Boundary>
    </Modal>
  );
}

const fieldOfCode = {
  email_registered: "email",
  email_invalid: "email",
  password_invalid: "password",
};

/** The form, and after it was sent the steps of the creation; the values are kept for another try. */
function Creation({ onBusy, onClose }: { onBusy: (busy: boolean) => void; onClose: () => void }) {
  const { t } = useLanguage();
  const client = useClient();
  const queryClient = useQueryClient();
  const account = useAccount();
  const isMounted = useIsMounted();
  const form = useCreationForm();
  const [createdId, setCreatedId] = useState<string>();
  const [repeated, setRepeated] = useState<Repeated>();

  const succeed = (id: string) => {
    setCreatedId(id);
    void addTenant(queryClient, client, id);
  };
  const create = useMutation({
    mutationFn: (params: CreateTenantParams) =>
      send({ kind: "creation", account, email: params.email, name: params.fullName }, client, ({ tenants }) =>
        tenants.create(params),
      ),
    onMutate: () => {
      setRepeated(undefined);
      onBusy(true);
    },
    onSettled: () => onBusy(false),
    onSuccess: ({ id }, { fullName, email }) => {
      succeed(id);
      if (isMounted()) return;
      notify("success", { title: (t) => t.create.created(fullName), message: () => email, closeLabel: t.close });
    },
    onError: async (error, params) => {
      const { fullName, email } = params;
      if (error instanceof UnsettledError) return form.setErrors({ email: t.create.unsettled });
      const repeated = await findRepeated(error, client, params);
      if (repeated?.id !== undefined) void addTenant(queryClient, client, repeated.id);
      if (isMounted()) {
        setRepeated(repeated);
        return form.setErrors((!repeated && fieldErrors(error, fields, fieldOfCode)) || {});
      }
      if (repeated) {
        const message = (t: Texts) => t.create.repeatedHint;
        return notify("unknown", { title: (t) => t.create.repeated(email), message, closeLabel: t.close });
      }
      if (isOutcomeUnknown(error)) {
        const message = () => `${fullName} · ${email}`;
        notify("unknown", { title: (t) => t.create.unknownTitle, message, closeLabel: t.close });
      } else {
        const message = (t: Texts) => errorMessage(error, t);
        notify("error", { title: (t) => t.create.failed(fullName), message, closeLabel: t.close });
      }
    },
  });
  const { error, variables } = create;
  const [lost, forgetLost] = useLostCreation(error, variables?.email);

  const backToForm = (creation: UnknownWrite<"creation">) => {
    create.reset();
    forgetLost();
    void close(creation);
  };
  if (variables && (create.isPending || createdId || lost || (error && isOutcomeUnknown(error)))) {
    return (
      <CreationSteps
        params={variables}
        id={createdId}
        lost={lost}
        isSent={!create.isPending}
        onFound={succeed}
        onBack={backToForm}
        onClose={onClose}
      />
    );
  }
  const isAtField = error instanceof UnsettledError || (error && fieldErrors(error, fields, fieldOfCode));
  return (
    <CreateForm
      form={form}
      error={error && !isAtField ? error : undefined}
      repeated={repeated}
      onSubmit={create.mutate}
      onCancel={onClose}
    />
  );
}

/** The creation whose response was lost, from the journal. Kept while the dialog checks it, also if another tab closes it. */
function useLostCreation(error: Error | null, email: string | undefined) {
  const unknownCreations = useUnknownCreations();
  const [lost, setLost] = useState<UnknownWrite<"creation">>();
  const isUnknown = error !== null && isOutcomeUnknown(error);
  const found = isUnknown ? unknownCreations.find((creation) => creation.email === email) : undefined;
  if (found && !lost) setLost(found);
  return [lost, () => setLost(undefined)] as const;
}
