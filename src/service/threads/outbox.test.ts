import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BroadcastChannel } from 'node:worker_threads';
import {
  inviteThreads,
  sayListening,
  type ThreadInvitation,
  type ThreadMessage,
  withdrawInvitation,
} from './invitation.ts';
import { openOutbox } from './outbox.ts';

const collected = (threadId: number): ThreadMessage => ({ type: 'major-collection', threadId });

describe('what a thread tells before the monitor listens', () => {
  let invitation: ThreadInvitation;
  let channel: BroadcastChannel;
  let heard: number[];
  beforeEach(() => {
    invitation = inviteThreads({ sampleBytes: 1024, buffers: false });
    channel = new BroadcastChannel(invitation.channel);
    heard = [];
  });
  afterEach(() => {
    channel.close();
    withdrawInvitation();
  });
  const hears = (count: number): Promise<void> =>
    new Promise((resolve) => {
      channel.onmessage = (event) => {
        heard.push(((event as MessageEvent).data as ThreadMessage & { threadId: number }).threadId);
        if (heard.length === count) resolve();
      };
    });

  it('is told when it does, in order, before what comes then', async () => {
    const all = hears(4);
    const tell = openOutbox(invitation);
    for (const id of [1, 2, 3]) tell(collected(id));
    sayListening(invitation);
    tell(collected(4));
    await all;
    assert.deepEqual(heard, [1, 2, 3, 4]);
  });

  it('is told by itself when nothing more comes, and once', async () => {
    const all = hears(2);
    const tell = openOutbox(invitation);
    for (const id of [1, 2]) tell(collected(id));
    // The timer that waits for it holds nothing open, and the channel does.
    sayListening(invitation);
    await all;
    const more = hears(3);
    tell(collected(3));
    await more;
    assert.deepEqual(heard, [1, 2, 3]);
  });
});
