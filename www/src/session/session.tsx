import { createContext, type ReactNode, useContext, useState } from "react";
import { useLocation } from "wouter";
import type { Connection } from "./connection";
import { forget, remember, remembered } from "./remembered";

interface Session {
  /** Absent while nobody is signed in. */
  readonly connection: Connection | undefined;
  /** The address for the form that asks for a token. */
  readonly realUrl: string;
  signIn(connection: Connection): void;
  signOut(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Must be outside the boundaries: after an error, the portal must not go to another server. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [, navigate] = useLocation();
  const [{ connection, realUrl }, setState] = useState(remembered);

  const signIn = (connection: Connection) => {
    remember(connection);
    setState({ connection, realUrl: connection.kind === "real" ? connection.baseUrl : realUrl });
  };
  const signOut = () => {
    forget();
    setState({ realUrl });
    // Ids and filters are not valid for another partner.
    navigate("/?");
  };
  return <SessionContext value={{ connection, realUrl, signIn, signOut }}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs a SessionProvider");
  return session;
}
