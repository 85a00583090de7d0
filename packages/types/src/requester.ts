/** Who asks, as the API knows them. */
export interface Requester {
  /** Name of the token; `null` where no tokens are set. */
  readonly name: string | null;
  /** Whether they may change something: silence, acknowledge, test targets, send again. */
  readonly mayChange: boolean;
}
