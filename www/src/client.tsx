import { Center, Container, Loader } from "@mantine/core";
import { type Query, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { connect, type PartnerClient } from "omicall-partner";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { ErrorAlert } from "./ErrorAlert";
import { useLanguage } from "./language";
import { clientOptions, type Connection } from "./settings/connection";

interface Connected {
  readonly connection: Connection;
  readonly client: PartnerClient;
}

type Attempt = Connected | { readonly connection: Connection; readonly error: Error };

const ConnectedContext = createContext<Connected | undefined>(undefined);

/** Has a client ready for what is inside it, one for each connection and language. */
export function ClientProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  const { language, t } = useLanguage();
  const [tries, setTries] = useState(0);
  const [attempt, setAttempt] = useState<Attempt>();
  // No data of one environment may show up in another.
  const queryClient = useMemo(newQueryClient, [connection]);

  useEffect(() => {
    let wanted = true;
    let client: PartnerClient | undefined;
    connect({ ...clientOptions(connection, t), language }).then(
      (connected) => {
        if (!wanted) return connected.close();
        client = connected;
        setAttempt({ connection, client });
      },
      (error: Error) => wanted && setAttempt({ connection, error }),
    );
    return () => {
      wanted = false;
      client?.close();
    };
  }, [connection, language, t, tries]);

  const client = attempt && "client" in attempt ? attempt.client : undefined;
  useEffect(() => {
    // Errors on the screen are in the language of the client that gave them.
    const failed = (query: Query) => query.state.status === "error";
    // A reset takes data away and whatever shows it; where there is some, a second look is enough.
    void queryClient.resetQueries({ predicate: (query) => failed(query) && query.state.data === undefined });
    void queryClient.invalidateQueries({ predicate: (query) => failed(query) && query.state.data !== undefined });
  }, [queryClient, client]);

  if (attempt?.connection !== connection) {
    return (
      <Center mih="50vh">
        <Loader aria-label={t.loading} />
      </Center>
    );
  }
  if ("error" in attempt) {
    return (
      <Container size="sm" py="xl">
        <ErrorAlert title={t.loadFailed} error={attempt.error} onRetry={() => setTries(tries + 1)} />
      </Container>
    );
  }
  return (
    <QueryClientProvider client={queryClient}>
      <ConnectedContext value={attempt}>{children}</ConnectedContext>
    </QueryClientProvider>
  );
}

function newQueryClient() {
  return new QueryClient({
    // The SDK repeats failed reads by itself.
    defaultOptions: {
      queries: { retry: false, staleTime: 5_000 },
      // A write is sent when the button is pressed, or not at all: none may be kept for when the page is online again.
      mutations: { networkMode: "always" },
    },
  });
}

function useConnected(): Connected {
  const connected = useContext(ConnectedContext);
  if (!connected) throw new Error("useClient and useConnection need a ClientProvider");
  return connected;
}

export const useClient = (): PartnerClient => useConnected().client;

export const useConnection = (): Connection => useConnected().connection;
