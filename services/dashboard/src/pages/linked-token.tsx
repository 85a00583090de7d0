import { useAnswer } from '../ui/answer.tsx';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';
import { useAllTexts } from '../ui/loaded.tsx';

/** Asks whether to sign in with the token that a link brought, and says what came of it. */
export function LinkedTokenQuestion() {
  const { linkedToken, shown, texts } = useDashboard();
  const { answer: requester } = useAnswer('me', (api) => api.me());
  const text = useAllTexts().linkedToken;
  const step = linkedToken.step.value;
  if (step === null) return null;
  const name = shown.link.value.state === 'refused' ? null : (requester?.name ?? null);
  const said = {
    asked: name === null ? text.asked : text.askedInstead(name),
    tried: text.tried,
    refused: text.refused,
    unanswered: text.unanswered,
    'not-kept': texts.value.signIn.notKept,
  } as const;
  const mayAccept = step === 'asked' || step === 'unanswered' || step === 'tried';
  return (
    <section class="banner linked-token" aria-label={text.title}>
      <Icon name="warning" />
      <p role="alert">
        {said[step]}
        {step !== 'tried' && step !== 'asked' && name !== null && ` ${text.stays}`}
      </p>
      {mayAccept && (
        <button
          type="button"
          class="button"
          disabled={step === 'tried'}
          onClick={() => void linkedToken.accept()}
        >
          {text.accept}
        </button>
      )}
      <button type="button" class="button" onClick={linkedToken.decline}>
        {mayAccept ? (name === null ? text.decline : text.keep) : text.close}
      </button>
    </section>
  );
}
