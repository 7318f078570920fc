// Which channels the settings switch on. A channel is on when everything it needs is set; the log always is.
import type { Settings } from '../config/index.ts';
import { CHANNEL_NAMES, type ChannelName } from '../model/index.ts';
import { type ChannelState, UNAVAILABLE } from './channel.ts';

export type ChannelSettings = Pick<
  Settings,
  'webhookUrls' | 'telegramBotToken' | 'telegramChatId' | 'smtpServer' | 'adminEmails' | 'alertmanagerUrl'
>;

/** Channels that this version can send through; `configured` knows more of them. */
const AVAILABLE: readonly ChannelName[] = ['log', 'webhook'];

type Need = readonly [variable: string, isSet: (settings: ChannelSettings) => boolean];

/** What each channel needs. One that is not here has no settings yet, so it cannot be on. */
const NEEDS: Readonly<Partial<Record<ChannelName, readonly Need[]>>> = {
  log: [],
  webhook: [['WEBHOOK_URLS', ({ webhookUrls }) => isFilled(webhookUrls)]],
  telegram: [
    ['TELEGRAM_BOT_TOKEN', ({ telegramBotToken }) => isFilled(telegramBotToken)],
    ['TELEGRAM_CHAT_ID', ({ telegramChatId }) => isFilled(telegramChatId)],
  ],
  email: [
    ['SMTP_SERVER', ({ smtpServer }) => isFilled(smtpServer)],
    ['ADMIN_EMAILS', ({ adminEmails }) => isFilled(adminEmails)],
  ],
  alertmanager: [['ALERTMANAGER_URL', ({ alertmanagerUrl }) => isFilled(alertmanagerUrl)]],
};

const isFilled = (value: string | readonly string[] | undefined): boolean => (value?.length ?? 0) > 0;

/** Every channel there is, in the order of CHANNEL_NAMES. */
export function channelStates(settings: ChannelSettings): readonly ChannelState[] {
  return CHANNEL_NAMES.map((name) => stateOf(name, settings));
}

function stateOf(name: ChannelName, settings: ChannelSettings): ChannelState {
  const needs = NEEDS[name];
  if (!needs) return { name, configured: false };
  const missing = needs.filter(([, isSet]) => !isSet(settings)).map(([variable]) => variable);
  // Half of what it needs is a mistake worth telling; none of it is a choice.
  if (missing.length === needs.length && needs.length > 0) return { name, configured: false };
  if (missing.length > 0) return { name, configured: false, problem: `${missing.join(' and ')} not set` };
  if (!AVAILABLE.includes(name)) return { name, configured: true, problem: UNAVAILABLE };
  return { name, configured: true };
}
