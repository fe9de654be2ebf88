import { Container, MantineProvider } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import { useState } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { Boundary, ScreenBoundary } from "./Boundary";
import { ClientProvider } from "./client";
import { Header } from "./Header";
import { LanguageProvider, useLanguage } from "./language";
import { Offline } from "./Offline";
import { type Connection, defaultConnection } from "./settings/connection";
import { OpenSettingsContext } from "./settings/openSettings";
import { Settings } from "./settings/Settings";
import { TenantDetail } from "./tenants/TenantDetail";
import { TenantList } from "./tenants/TenantList";
import { memoryColorScheme, theme } from "./theme";

const colorScheme = memoryColorScheme();

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
            <Switch>
              <Route path="/">
                <TenantList />
              </Route>
              <Route path="/tenants/:id">{({ id }) => <TenantDetail key={id} id={id} />}</Route>
              <Route>
                <Redirect to="/" replace />
              </Route>
            </Switch>
          </ScreenBoundary>
        </ClientProvider>
      </Container>
    </OpenSettingsContext>
  );
}
