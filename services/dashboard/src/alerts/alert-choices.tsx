import { useDashboard } from '../context.ts';

/** Whether to be told when something gets into trouble. */
export function AlertChoices() {
  const { alerts, texts } = useDashboard();
  const words = texts.value.alerts;
  const notification = alerts.notification.value;
  return (
    <fieldset class="choice">
      <legend>{words.title}</legend>
      <label>
        <input
          type="checkbox"
          checked={notification === 'on'}
          onChange={({ currentTarget }) => {
            const { checked } = currentTarget;
            // It shows what is, and whether that changes the browser has to say first.
            currentTarget.checked = notification === 'on';
            void alerts.chooseNotification(checked);
          }}
        />
        {words.notify}
      </label>
      <label>
        <input
          type="checkbox"
          checked={alerts.sound.value !== 'off'}
          onChange={({ currentTarget }) => {
            alerts.chooseSound(currentTarget.checked);
          }}
        />
        {words.sound}
      </label>
      {notification === 'blocked' && (
        <p class="form-error" role="alert">
          {words.blocked}
        </p>
      )}
      {alerts.sound.value === 'blocked' && (
        <p class="form-error" role="alert">
          {words.silent}
        </p>
      )}
    </fieldset>
  );
}
