import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";

export type DialogName = "createTenant" | "palette" | "shortcuts";

interface Dialogs {
  readonly opened: DialogName | undefined;
  open(dialog: DialogName): void;
  close(): void;
}

const DialogsContext = createContext<Dialogs | undefined>(undefined);

/** The dialogs that can be opened on every screen: from the header, with a shortcut, from the command palette. */
export function DialogsProvider({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  const [opened, open] = useState<DialogName>();
  // A dialog belongs to the screen that it was opened on, as for the browser's back button.
  useEffect(() => open(undefined), [location]);
  const dialogs = useMemo(() => ({ opened, open, close: () => open(undefined) }), [opened]);
  return <DialogsContext value={dialogs}>{children}</DialogsContext>;
}

export function useDialogs(): Dialogs {
  const dialogs = useContext(DialogsContext);
  if (!dialogs) throw new Error("useDialogs needs a DialogsProvider");
  return dialogs;
}
