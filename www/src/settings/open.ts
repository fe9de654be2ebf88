import { createContext, useContext } from "react";

/** Opens the connection settings, from wherever an error makes them the next step. */
export const OpenSettings = createContext<() => void>(() => {});

export const useOpenSettings = () => useContext(OpenSettings);
