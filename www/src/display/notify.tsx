import { notifications } from "@mantine/notifications";
import { ErrorBoundary } from "react-error-boundary";
import { type Format, useFormat } from "./format";
import type { Texts } from "../language/texts";
import { Icon } from "./Icon";
import { useLanguage } from "../language/language";

type Translate = (t: Texts, format: Format) => string;

interface Message {
  title: Translate;
  message: Translate;
  closeLabel: string;
}

const variants = {
  success: { color: "teal", icon: <Icon name="check" />, autoClose: 10_000 },
  warning: { color: "yellow", icon: <Icon name="warning" />, autoClose: false },
  error: { color: "red", icon: <Icon name="warning" />, autoClose: false },
  // May close by itself, because the pages show an unknown outcome too, until it is dismissed.
  unknown: { color: "yellow", icon: <Icon name="info" />, autoClose: 15_000 },
};

export type NotificationVariant = keyof typeof variants;

/** Shows the outcome of a write on any page of the portal. The texts follow later changes of the language. */
export function notify(variant: NotificationVariant, { title, message, closeLabel }: Message) {
  notifications.show({
    ...variants[variant],
    title: <TranslatedText translate={title} />,
    message: <TranslatedText translate={message} />,
    closeButtonProps: { "aria-label": closeLabel },
  });
}

/** Stays empty if it fails to render: notifications are outside the boundaries of the screens. */
function TranslatedText({ translate }: { translate: Translate }) {
  return (
    <ErrorBoundary fallback={null}>
      <Translated translate={translate} />
    </ErrorBoundary>
  );
}

function Translated({ translate }: { translate: Translate }) {
  const { t } = useLanguage();
  return translate(t, useFormat());
}
