import type { TargetKind } from '../model.ts';
import type { HttpKind } from './http-kind.ts';
import { ALERTMANAGER } from './kinds/alertmanager.ts';
import { DISCORD } from './kinds/discord.ts';
import { NTFY } from './kinds/ntfy.ts';
import { SLACK } from './kinds/slack.ts';
import { TELEGRAM } from './kinds/telegram.ts';
import { WEBHOOK } from './kinds/webhook.ts';

/** All kinds that are told over HTTP, with nothing told yet. */
export function httpKinds(): Readonly<Record<Exclude<TargetKind, 'email'>, HttpKind>> {
  return {
    webhook: WEBHOOK,
    alertmanager: ALERTMANAGER,
    ntfy: NTFY,
    slack: SLACK,
    discord: DISCORD,
    telegram: TELEGRAM,
  };
}
