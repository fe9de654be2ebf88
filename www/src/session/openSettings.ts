import { createContext, useContext } from "react";

/** Opens the connection settings; error messages use it when the settings have to be corrected. */
export const OpenSettingsContext = createContext<() => void>(() => {});

export const useOpenSettings = () => useContext(OpenSettingsContext);
