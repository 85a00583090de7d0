import { useId, useState } from 'preact/hooks';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';

/** Asks for a token, and whether it is kept for this tab only or for this browser. */
export function SignIn() {
  const { texts, hasToken, signIn } = useDashboard();
  const text = texts.value.signIn;
  const [token, setToken] = useState('');
  const [staysInBrowser, setStays] = useState(false);
  const [isKept, setKept] = useState(true);
  const id = useId();
  return (
    <main class="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '') setKept(signIn(token.trim(), staysInBrowser));
        }}
      >
        <p class="brand">
          <Icon name="pulse" />
          {texts.value.header.title}
        </p>
        <h1>{text.title}</h1>
        {(hasToken || !isKept) && (
          <p class="form-error" role="alert">
            {isKept ? text.refused : text.notKept}
          </p>
        )}
        <label for={id}>{text.label}</label>
        <input
          id={id}
          type="password"
          autocomplete="off"
          autofocus
          value={token}
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => {
            setToken(currentTarget.value);
          }}
        />
        <p class="muted" id={`${id}-hint`}>
          {text.hint}
        </p>
        <label class="stay">
          <input
            type="checkbox"
            checked={staysInBrowser}
            aria-describedby={`${id}-stay-hint`}
            onChange={({ currentTarget }) => {
              setStays(currentTarget.checked);
            }}
          />
          {text.stay}
        </label>
        <p class="muted" id={`${id}-stay-hint`}>
          {text.stayHint}
        </p>
        <button type="submit" class="button button-main" disabled={token.trim() === ''}>
          {text.submit}
        </button>
      </form>
    </main>
  );
}
