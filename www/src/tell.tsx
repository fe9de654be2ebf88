import { notifications } from "@mantine/notifications";
import { type Format, useFormat } from "./format";
import type { Texts } from "./i18n";
import { Icon } from "./Icon";
import { useLanguage } from "./language";

type Say = (t: Texts, format: Format) => string;

interface Message {
  title: Say;
  message: Say;
  closeLabel: string;
}

const looks = {
  done: { color: "teal", icon: <Icon name="check" />, autoClose: 10_000 },
  doubtful: { color: "yellow", icon: <Icon name="warning" />, autoClose: false },
  failed: { color: "red", icon: <Icon name="warning" />, autoClose: false },
  // This one stands in the pages as well, until it is dismissed.
  unknown: { color: "yellow", icon: <Icon name="info" />, autoClose: 15_000 },
};

/** Tells how a write ended, wherever in the portal the person is by then, and in the language that they read by then. */
export function tell(outcome: keyof typeof looks, { title, message, closeLabel }: Message) {
  notifications.show({
    ...looks[outcome],
    title: <Said say={title} />,
    message: <Said say={message} />,
    closeButtonProps: { "aria-label": closeLabel },
  });
}

function Said({ say }: { say: Say }) {
  const { t } = useLanguage();
  return say(t, useFormat());
}
