import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { BroadcastChannel, getEnvironmentData, Worker } from 'node:worker_threads';
import {
  endedThreads,
  findInvitation,
  inviteThreads,
  sayListening,
  startedThreads,
  type ThreadInvitation,
  type ThreadMessage,
  withdrawInvitation,
} from './invitation.ts';
import { watchStartedThreads } from './started-threads.ts';

describe('threads that are started', () => {
  let invitation: ThreadInvitation;
  before(() => {
    invitation = inviteThreads({ sampleBytes: 1024, buffers: false });
  });
  after(withdrawInvitation);

  it('are counted until that is ended', async () => {
    const end = watchStartedThreads(invitation);
    const worker = new Worker('', { eval: true });
    await once(worker, 'exit');
    assert.equal(startedThreads(invitation), 1);
    end();
    await once(new Worker('', { eval: true }), 'exit');
    assert.equal(startedThreads(invitation), 1);
  });

  it('are found to have ended when the next is started', async () => {
    const end = watchStartedThreads(invitation);
    const before = endedThreads(invitation);
    const [first, second] = [new Worker('', { eval: true }), new Worker('', { eval: true })];
    await Promise.all([once(first, 'exit'), once(second, 'exit')]);
    assert.equal(endedThreads(invitation) - before, 0);
    const third = new Worker('', { eval: true });
    assert.equal(endedThreads(invitation) - before, 2);
    end();
    await once(third, 'exit');
  });

  it('find the invitation, nested ones too, and no more when it is withdrawn', async () => {
    const code = `
      const { Worker, getEnvironmentData, parentPort } = require('node:worker_threads');
      const inner = new Worker(
        "const w = require('node:worker_threads'); w.parentPort.postMessage(w.getEnvironmentData('plimsoll').channel)",
        { eval: true });
      inner.on('message', (channel) => parentPort.postMessage([channel, getEnvironmentData('plimsoll').channel]));`;
    const [found] = await once(new Worker(code, { eval: true }), 'message');
    assert.deepEqual(found, [invitation.channel, invitation.channel]);
    withdrawInvitation();
    assert.equal(findInvitation(), undefined);
    assert.equal(getEnvironmentData('plimsoll'), undefined);
  });

  it('are told of when their heap was full, also before anybody listens, and their errors count as unheard', async () => {
    const end = watchStartedThreads(invitation);
    const worker = new Worker('const kept = []; for (;;) kept.push(Array(1e4).fill(5))', {
      eval: true,
      name: 'greedy',
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
    assert.deepEqual([worker.listenerCount('error'), worker.listenerCount('exit')], [0, 0]);
    const { threadId } = worker;
    await new Promise((resolve) => worker.on('error', () => {}).on('exit', resolve));
    const channel = new BroadcastChannel(invitation.channel);
    const heard = new Promise<ThreadMessage>((resolve) => {
      channel.onmessage = (event) => resolve((event as MessageEvent).data as ThreadMessage);
    });
    sayListening(invitation);
    // The retry does not hold the process open.
    const hold = setTimeout(() => {}, 10_000);
    const message = await heard;
    clearTimeout(hold);
    channel.close();
    end();
    assert.equal(message.type === 'out-of-memory' && message.threadId, threadId);
  });
});
