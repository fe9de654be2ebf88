import { Center, Container, Loader } from "@mantine/core";
import { type ReactNode, Suspense, useRef, useState } from "react";
import { useLanguage } from "../language/language";
import { ClientProvider } from "../session/client";
import type { Connection } from "../session/connection";
import { Expired, SignInAgain } from "../session/SignInAgain";
import { ScreenBoundary } from "./Boundary";
import { type DialogName, DialogsProvider, useDialogs } from "./dialogs";
import classes from "./Frame.module.css";
import { Header } from "./Header";
import { Offline } from "./Offline";
import { CreateTenant, Palette, usePrefetchedScreens } from "./screens";
import { ShortcutList, useShortcuts } from "./Shortcuts";
import { useScreenFocus } from "./useScreenFocus";

interface Props {
  connection: Connection;
  /** The current screen. */
  children: ReactNode;
}

/** What surrounds the screens of a signed-in user. */
export function Frame(props: Props) {
  return (
    <DialogsProvider>
      {props.connection.kind === "real" && <SignInAgain connection={props.connection} />}
      <Content {...props} />
    </DialogsProvider>
  );
}

function Content({ connection, children }: Props) {
  const { t } = useLanguage();
  const main = useRef<HTMLDivElement>(null);
  usePrefetchedScreens();
  useShortcuts();
  useScreenFocus(main);
  return (
    <>
      {/* A button, because the hash of the address is the path of the screen. */}
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t.header.skip}
      </button>
      <Header connection={connection} />
      <Container component="main" ref={main} tabIndex={-1} size="xl" py={{ base: "md", sm: "xl" }}>
        <Offline hint={t.offline.hint} />
        {connection.kind === "real" && <Expired token={connection.token} />}
        <ClientProvider connection={connection}>
          <ScreenBoundary>
            <Suspense fallback={<Loading />}>{children}</Suspense>
          </ScreenBoundary>
          <Dialogs />
        </ClientProvider>
      </Container>
      <ShortcutList />
    </>
  );
}

/** The dialogs that need a client. Their scripts are loaded when they are opened. */
function Dialogs() {
  const { opened, close } = useDialogs();
  const isCreateNeeded = useWasOpened("createTenant");
  const isPaletteNeeded = useWasOpened("palette");
  return (
    <ScreenBoundary>
      <Suspense>
        {isCreateNeeded && <CreateTenant opened={opened === "createTenant"} onClose={close} />}
        {isPaletteNeeded && <Palette opened={opened === "palette"} onClose={close} />}
      </Suspense>
    </ScreenBoundary>
  );
}

/** Whether a dialog is, or was, open: a dialog that is closed stays mounted, for its animation. */
function useWasOpened(dialog: DialogName): boolean {
  const isOpened = useDialogs().opened === dialog;
  const [wasOpened, setWasOpened] = useState(isOpened);
  if (isOpened && !wasOpened) setWasOpened(true);
  return wasOpened || isOpened;
}

function Loading() {
  const { t } = useLanguage();
  return (
    <Center mih="50vh">
      <Loader aria-label={t.loading} />
    </Center>
  );
}
