/** The user has not entered another token. */
export class NotSignedInAgain extends Error {}

/**
 * The access token of a partner. It is kept in the memory of this page only. When the server refuses it, the user is
 * asked for another one, while the calls that need it wait.
 */
export class AccessToken {
  #value: string;
  /** Pending while the user is asked for another token. */
  #answer: Promise<void> | undefined;
  #settle: { resolve: () => void; reject: (reason: Error) => void } | undefined;
  #replacements = 0;
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
      if (given === this.#value) await this.ask();
      given = this.#value;
      return given;
    };
  }

  /** Asks the user for another token: once for all calls that need it. */
  ask(): Promise<void> {
    this.#answer ??= new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#notify();
    return this.#answer;
  }

  replace(value: string) {
    this.#value = value;
    this.#replacements++;
    this.#settle?.resolve();
    this.#end();
  }

  /** The calls that wait for a token fail. */
  cancel() {
    this.#settle?.reject(new NotSignedInAgain());
    this.#end();
  }

  #end() {
    this.#answer = undefined;
    this.#notify();
  }

  #notify() {
    for (const listener of this.#listeners) listener();
  }

  // For `useSyncExternalStore`.
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly isAsked = () => this.#answer !== undefined;
  readonly replacements = () => this.#replacements;
}
