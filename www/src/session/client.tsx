import { Center, Container, Loader } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { type Query, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { connect, type PartnerClient } from "omicall-partner";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { clientOptions, type Connection } from "./connection";
import { useSession } from "./session";

interface ConnectedClient {
  readonly connection: Connection;
  readonly client: PartnerClient;
}

type ConnectResult = ConnectedClient | { readonly connection: Connection; readonly error: Error };

const ClientContext = createContext<ConnectedClient | undefined>(undefined);

/** Provides a client to its children, one for each connection and language. */
export function ClientProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  const { language, t } = useLanguage();
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<ConnectResult>();
  // Each connection has its own cache, so that no data of one environment is shown in another.
  const queryClient = useMemo(newQueryClient, [connection]);

  useEffect(() => {
    let cancelled = false;
    let client: PartnerClient | undefined;
    connect({ ...clientOptions(connection, t), language }).then(
      (connected) => {
        if (cancelled) return connected.close();
        client = connected;
        setResult({ connection, client });
      },
      (error: Error) => !cancelled && setResult({ connection, error }),
    );
    return () => {
      cancelled = true;
      client?.close();
    };
  }, [connection, language, t, attempt]);

  const client = result && "client" in result ? result.client : undefined;
  const tokens = useReplacements(connection);
  // The messages of errors are in the language of the client that created them, and another token may be accepted: so
  // failed queries are fetched again.
  useEffect(() => fetchFailedAgain(queryClient), [queryClient, client, tokens]);

  useWindowEvent("online", () => {
    if (result && "error" in result) setAttempt(attempt + 1);
  });

  if (result?.connection !== connection) {
    return (
      <Center mih="50vh">
        <Loader aria-label={t.loading} />
      </Center>
    );
  }
  if ("error" in result) {
    return (
      <Container size="sm" py="xl">
        <ErrorAlert title={t.loadFailed} error={result.error} onRetry={() => setAttempt(attempt + 1)} />
      </Container>
    );
  }
  return (
    <QueryClientProvider client={queryClient}>
      <ClientContext value={result}>{children}</ClientContext>
    </QueryClientProvider>
  );
}

/** How often the user has entered another token for this connection. */
function useReplacements(connection: Connection): number {
  const token = connection.kind === "real" ? connection.token : undefined;
  return useSyncExternalStore(token?.subscribe ?? neverChanges, token?.replacements ?? zero);
}

const neverChanges = () => () => {};
const zero = () => 0;

function fetchFailedAgain(queryClient: QueryClient) {
  const hasFailed = (query: Query) => query.state.status === "error";
  // A reset also removes data, and the components that show it, so queries with data are only invalidated.
  void queryClient.resetQueries({ predicate: (query) => hasFailed(query) && query.state.data === undefined });
  void queryClient.invalidateQueries({ predicate: (query) => hasFailed(query) && query.state.data !== undefined });
}

function newQueryClient() {
  return new QueryClient({
    // The SDK retries failed reads itself.
    defaultOptions: {
      // `navigator.onLine` is no reason to wait: a sandbox on this machine can be reached without a network, and a failed
      // read must be shown. All queries run again when the network is back.
      queries: { retry: false, staleTime: 5_000, networkMode: "always", refetchOnReconnect: "always" },
      // A write is sent immediately or not at all; by default, TanStack Query would delay it until the page is online.
      mutations: { networkMode: "always" },
    },
  });
}

export function useClient(): PartnerClient {
  const connected = useContext(ClientContext);
  if (!connected) throw new Error("useClient needs a ClientProvider");
  return connected.client;
}

export function useConnection(): Connection {
  const { connection } = useSession();
  if (!connection) throw new Error("useConnection needs a user who is signed in");
  return connection;
}
