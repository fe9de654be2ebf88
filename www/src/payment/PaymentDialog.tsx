import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { Boundary } from "../layout/Boundary";
import { Offline } from "../layout/Offline";
import { useLanguage } from "../language/language";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** Whether the payment is pending: the dialog stays open until its outcome is known. */
  sending: boolean;
  size?: "md" | "lg";
  children: ReactNode;
}

export function PaymentDialog({ title, opened, onClose, sending, size = "md", children }: Props) {
  const { t } = useLanguage();
  return (
    <Modal
      opened={opened}
      onClose={() => !sending && onClose()}
      // A stray click must not discard the input, such as the second click of a double click on a button that has
      // disappeared.
      closeOnClickOutside={false}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": t.close, disabled: sending }}
    >
      <Offline hint={t.offline.inForm} />
      <Boundary>{children}</Boundary>
    </Modal>
  );
}
