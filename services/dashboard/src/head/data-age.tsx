import { useDashboard } from '../context.ts';
import { Icon } from '../ui/icon.tsx';

/** How old the oldest data on the page is, always in view, and whether it is simulated. */
export function DataAge() {
  const { feed, texts, format } = useDashboard();
  const { head } = texts.value;
  const ages = [...feed.ages.value.values()];
  const isSimulated = [...feed.fleet.value.servers.values()].some(({ simulated }) => simulated);
  const known = ages.flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
  const age = format.value.age(Math.max(...known));
  const isOld = ages.length > 0 && ages.some(({ stale }) => stale);
  return (
    <div class="freshness">
      {isSimulated && (
        <span class="badge badge-simulated" title={head.simulatedHint}>
          {head.simulated}
        </span>
      )}
      <span class={isOld ? 'age age-old' : 'age'}>
        {isOld && <Icon name="warning" />}
        {known.length === 0 ? (
          head.noData
        ) : (
          <>
            <span class="for-wide">{head.dataAge(age)}</span>
            <span class="for-narrow">{head.dataAgeShort(age)}</span>
          </>
        )}
      </span>
    </div>
  );
}
