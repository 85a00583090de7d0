/** One or more settings are wrong: the service must not start. */
export class SettingsError extends Error {
  readonly code = 'wrong-setting';
  /** One line a mistake: the setting, its value (a secret's is hidden) and what is allowed. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'SettingsError';
    this.mistakes = mistakes;
  }
}
