/** The user was asked for another token, and has not entered one. */
export class NotSignedInAgain extends Error {}

/**
 * The access token of a partner. It is kept in the memory of this page only. When the server refuses it, the user is
 * asked for another one, while the calls that need it wait.
 */
export class AccessToken {
  #value: string;
  #state: "accepted" | "asked" | "declined" = "accepted";
  #replacements = 0;
  /** Of the calls that wait. */
  #waiting: { resolve: () => void; reject: (reason: Error) => void }[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(value: string) {
    this.#value = value;
  }

  /**
   * The `token` option for one client. The SDK calls the function again when the server has refused the token, or when it
   * will expire soon: then it needs another token than before.
   */
  forClient(): () => Promise<string> {
    let given: string | undefined;
    return async () => {
      if (given === this.#value) await this.#other();
      given = this.#value;
      return given;
    };
  }

  /** Waits for another token. A user who has declined is not asked again by every call, which may be in the background. */
  #other(): Promise<void> {
    if (this.#state === "declined") return Promise.reject(new NotSignedInAgain());
    const other = new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.ask();
    return other;
  }

  ask() {
    this.#change("asked");
  }

  /** The calls that wait go on. */
  replace(value: string) {
    this.#value = value;
    this.#replacements++;
    for (const { resolve } of this.#waiting.splice(0)) resolve();
    this.#change("accepted");
  }

  /** The calls that wait fail. */
  decline() {
    for (const { reject } of this.#waiting.splice(0)) reject(new NotSignedInAgain());
    this.#change("declined");
  }

  #change(state: "accepted" | "asked" | "declined") {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  // For `useSyncExternalStore`.
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly state = () => this.#state;
  readonly replacements = () => this.#replacements;
}
