import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Dashboard } from './dashboard.ts';

export const DashboardContext = createContext<Dashboard | undefined>(undefined);

/** What all components share. @throws outside of the page */
export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (dashboard === undefined) throw new Error('Components live inside DashboardContext');
  return dashboard;
}
