import { Center, Container, Loader, MantineProvider } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import { lazy, Suspense, useState } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { Boundary, ScreenBoundary } from "./layout/Boundary";
import { ClientProvider } from "./session/client";
import { Header } from "./layout/Header";
import { LanguageProvider, useLanguage } from "./language/language";
import { Offline } from "./layout/Offline";
import { type Connection, defaultConnection } from "./session/connection";
import { OpenSettingsContext } from "./session/openSettings";
import { Settings } from "./session/Settings";
import { memoryColorScheme, theme } from "./display/theme";

const colorScheme = memoryColorScheme();

// Each screen is a script of its own, which is loaded when the screen is opened.
const Overview = lazy(() => import("./overview/Overview").then(({ Overview }) => ({ default: Overview })));
const TenantList = lazy(() => import("./tenants/TenantList").then(({ TenantList }) => ({ default: TenantList })));
const TenantDetail = lazy(() =>
  import("./tenant/TenantDetail").then(({ TenantDetail }) => ({ default: TenantDetail })),
);
const Batches = lazy(() => import("./batch/Batches").then(({ Batches }) => ({ default: Batches })));
const History = lazy(() => import("./history/History").then(({ History }) => ({ default: History })));

export function App() {
  // Outside the boundary: after an error, the portal must not go to another server.
  const [connection, setConnection] = useState<Connection>(defaultConnection);
  return (
    <LanguageProvider>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorScheme}>
        {/* A warning about money must not be cut off, as by Mantine's default of 200 px. */}
        <Notifications position="bottom-right" notificationMaxHeight="80dvh" />
        <Router hook={useHashLocation}>
          <Boundary toList>
            <Portal connection={connection} onConnect={setConnection} />
          </Boundary>
        </Router>
      </MantineProvider>
    </LanguageProvider>
  );
}

interface PortalProps {
  connection: Connection;
  onConnect: (connection: Connection) => void;
}

function Portal({ connection, onConnect }: PortalProps) {
  const { t } = useLanguage();
  const [settingsOpened, settings] = useDisclosure(false);
  return (
    <OpenSettingsContext value={settings.open}>
      <Header connection={connection} />
      <Settings opened={settingsOpened} onClose={settings.close} connection={connection} onChange={onConnect} />
      <Container component="main" size="xl" py={{ base: "md", sm: "xl" }}>
        <Offline hint={t.offline.hint} />
        <ClientProvider connection={connection}>
          <ScreenBoundary>
            <Suspense fallback={<Loading />}>
              <Switch>
                <Route path="/" component={Overview} />
                <Route path="/tenants" component={TenantList} />
                <Route path="/tenants/:id">{({ id }) => <TenantDetail key={id} id={id} />}</Route>
                <Route path="/batches/:id?">{({ id }) => <Batches id={id} />}</Route>
                <Route path="/history" component={History} />
                <Route>
                  <Redirect to="/" replace />
                </Route>
              </Switch>
            </Suspense>
          </ScreenBoundary>
        </ClientProvider>
      </Container>
    </OpenSettingsContext>
  );
}

function Loading() {
  const { t } = useLanguage();
  return (
    <Center mih="50vh">
      <Loader aria-label={t.loading} />
    </Center>
  );
}
