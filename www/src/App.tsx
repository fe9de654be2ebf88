import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { Redirect, Route, Router, Switch } from "wouter";
import { theme } from "./display/theme";
import { LanguageProvider } from "./language/language";
import { Boundary } from "./layout/Boundary";
import { colorSchemeManager } from "./layout/colorSchemes";
import { Frame } from "./layout/Frame";
import { useHashRoute } from "./layout/navigation";
import { Batches, History, Overview, TenantDetail, TenantList } from "./layout/screens";
import { SessionProvider, useSession } from "./session/session";
import { SignIn } from "./session/SignIn";

export function App() {
  return (
    <LanguageProvider>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
        {/* A warning about money must not be cut off, as by Mantine's default of 200 px. */}
        <Notifications position="bottom-left" notificationMaxHeight="80dvh" />
        <Router hook={useHashRoute}>
          <SessionProvider>
            <Boundary toList>
              <Portal />
            </Boundary>
          </SessionProvider>
        </Router>
      </MantineProvider>
    </LanguageProvider>
  );
}

function Portal() {
  const { connection } = useSession();
  if (!connection) return <SignIn />;
  return (
    <Frame connection={connection}>
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
    </Frame>
  );
}
