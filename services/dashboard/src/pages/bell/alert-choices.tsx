import { useDashboard } from '../../ui/context.ts';

/** Whether to be notified when something needs attention. */
export function AlertChoices() {
  const { notifier, texts } = useDashboard();
  const text = texts.value.alerts;
  const notification = notifier.notification.value;
  return (
    <fieldset class="choice">
      <legend>{text.title}</legend>
      <label>
        <input
          type="checkbox"
          checked={notification === 'on'}
          onChange={({ currentTarget }) => {
            const { checked } = currentTarget;
            // It shows what is, and whether that changes the browser has to say first.
            currentTarget.checked = notification === 'on';
            void notifier.chooseNotification(checked);
          }}
        />
        {text.notify}
      </label>
      <label>
        <input
          type="checkbox"
          checked={notifier.sound.value !== 'off'}
          onChange={({ currentTarget }) => {
            notifier.chooseSound(currentTarget.checked);
          }}
        />
        {text.sound}
      </label>
      {notification === 'blocked' && (
        <p class="form-error" role="alert">
          {text.blocked}
        </p>
      )}
      {notifier.sound.value === 'blocked' && (
        <p class="form-error" role="alert">
          {text.silent}
        </p>
      )}
    </fieldset>
  );
}
