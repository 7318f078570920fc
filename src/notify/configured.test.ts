import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHANNEL_NAMES } from '../model/index.ts';
import { type ChannelSettings, channelStates } from './configured.ts';

function stateOf(name: string, settings: ChannelSettings) {
  return channelStates(settings).find((state) => state.name === name);
}

describe('channelStates', () => {
  it('lists every channel; the log alone is always on', () => {
    const states = channelStates({});
    assert.deepEqual(
      states.map(({ name }) => name),
      CHANNEL_NAMES,
    );
    assert.deepEqual(
      states.filter(({ configured }) => configured),
      [{ name: 'log', configured: true }],
    );
  });

  it('switches a webhook on by its addresses', () => {
    const webhookUrls = ['http://127.0.0.1/hook'];
    assert.deepEqual(stateOf('webhook', { webhookUrls }), { name: 'webhook', configured: true });
    assert.deepEqual(stateOf('webhook', { webhookUrls: [] }), { name: 'webhook', configured: false });
  });

  it('says what a half-configured channel lacks', () => {
    assert.deepEqual(stateOf('telegram', { telegramBotToken: 'x' }), {
      name: 'telegram',
      configured: false,
      problem: 'TELEGRAM_CHAT_ID not set',
    });
  });

  it('says which configured channels this version cannot use', () => {
    const settings: ChannelSettings = {
      telegramBotToken: 'x',
      telegramChatId: '1',
      smtpServer: 'mail.example.com',
      adminEmails: ['ops@example.com'],
      alertmanagerUrl: 'http://127.0.0.1:9093',
    };
    for (const name of ['telegram', 'email', 'alertmanager'] as const) {
      const expected = { name, configured: true, problem: 'not available in this version' };
      assert.deepEqual(stateOf(name, settings), expected);
    }
  });
});
