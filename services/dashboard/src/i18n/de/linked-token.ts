import type { AllTexts } from '../en/all.ts';

/** Was über einen Link gesagt wird, der ein Token mitbringt. */
export const deLinkedToken: AllTexts['linkedToken'] = {
  title: 'Token des Links',
  asked:
    'Dieser Link bringt ein Token mit. In diesem Tab damit anmelden? Nur, wenn der Link aus vertrauenswürdiger Quelle kommt.',
  askedInstead: (name) =>
    `Dieser Link bringt ein anderes Token mit. In diesem Tab damit anmelden statt als ${name}? Nur, wenn der Link aus vertrauenswürdiger Quelle kommt.`,
  accept: 'Token des Links verwenden',
  keep: 'Angemeldet bleiben wie bisher',
  decline: 'Nicht verwenden',
  tried: 'Das Token wird geprüft …',
  refused:
    'Das Token des Links wurde abgelehnt. Vielleicht ist es falsch geschrieben, ersetzt oder gesperrt.',
  unanswered: 'Der Monitor hat nicht gesagt, ob das Token des Links stimmt. Noch einmal versuchen?',
  stays: 'Die bisherige Anmeldung gilt weiter.',
  close: 'Schließen',
};
